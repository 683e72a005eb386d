// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.coverage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * What did not run of the tests that coverage is measured with, as the reports of this build say; those of earlier builds
 * are removed when it begins.
 *
 * <p>A figure that lacks a suite is no figure. A suite is a class of tests: what needs something that a machine may not
 * have is a class of its own, which skips all of its tests or is given up before the first. A single test that is skipped
 * is named and takes nothing away: otherwise one {@code @Disabled} would switch the minimum off for everybody.
 *
 * @param silent  directories of modules in which no test ran
 * @param skipped names of classes in which no test ran, although they are in the reports
 * @param single  tests that were skipped in classes that ran
 */
record Suites(List<String> silent, List<String> skipped, List<String> single) {
    private static final List<String> REPORTS = List.of("surefire-reports", "failsafe-reports", "test-reports");

    Suites {
        silent = List.copyOf(silent);
        skipped = List.copyOf(skipped);
        single = List.copyOf(single);
    }

    /**
     * Reads the reports.
     *
     * @param root    of the checkout
     * @param modules directories below it
     */
    static Suites read(Path root, Collection<String> modules) throws IOException {
        List<String> silent = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        List<String> single = new ArrayList<>();
        for (String module : modules) {
            Map<String, Suite> suites = new TreeMap<>();
            for (Path report : reports(root.resolve(module).resolve("target"))) {
                add(Pom.parse(report), suites);
            }
            if (suites.values().stream().noneMatch(Suite::ran)) {
                silent.add(module);
            }
            suites.forEach((name, suite) -> {
                if (suite.ran()) {
                    suite.skipped.forEach(test -> single.add(name + "." + test));
                } else if (suites.keySet().stream().noneMatch(other -> other.startsWith(name + "$"))) {
                    skipped.add(name);
                }
            });
        }
        return new Suites(silent, skipped, single);
    }

    private static List<Path> reports(Path target) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String name : REPORTS) {
            Path directory = target.resolve(name);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                            .sorted()
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    /** Surefire reports a class that is given up before its first test as a suite without any. */
    private static void add(Element report, Map<String, Suite> suites) {
        List<Element> cases = Pom.children(report, "testcase").toList();
        if (cases.isEmpty()) {
            suites.computeIfAbsent(report.getAttribute("name"), name -> new Suite());
        }
        for (Element test : cases) {
            Suite suite = suites.computeIfAbsent(test.getAttribute("classname"), name -> new Suite());
            if (Pom.children(test, "skipped").findAny().isPresent()) {
                suite.skipped.add(test.getAttribute("name"));
            } else {
                suite.run++;
            }
        }
    }

    /** Whether the minimum is to be reached. */
    boolean isComplete() {
        return silent.isEmpty() && skipped.isEmpty();
    }

    /** For people. */
    List<String> lines() {
        return List.of(
                "modules without a test that ran: " + names(silent),
                "suites that were skipped: " + names(skipped),
                "single tests that were skipped: " + names(single),
                isComplete()
                        ? "below the minimum of lines the build fails"
                        : "NO VERDICT: what did not run covers nothing, so the build does not fail below the minimum");
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /**
     * Says what did not run, and writes down whether the build fails below the minimum.
     *
     * @param arguments the checkout, and the file of properties to write
     */
    public static void main(String... arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Suites suites = read(root, Measured.of(root).keySet());
        suites.lines().forEach(line -> System.out.println("Coverage: " + line));
        Files.writeString(
                Path.of(arguments[1]),
                "jacoco.haltOnFailure=" + suites.isComplete() + "\n",
                StandardCharsets.ISO_8859_1);
    }

    /** One class. */
    private static final class Suite {
        private final List<String> skipped = new ArrayList<>();
        private int run;

        private boolean ran() {
            return run > 0;
        }
    }
}
