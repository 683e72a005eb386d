// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.coverage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which modules coverage is measured of, and with whose tests. */
final class Measured {
    /** Those of the benchmarks measure something else, and are not shipped. */
    private static final String BENCHMARKS = "benchmarks/";

    private static final String TESTS = "itests/";

    private static final Set<String> NOT_MEASURED = Set.of(
            // What tests share; none of its own.
            TESTS + "common",
            // Reads what is shipped; nothing of ours runs.
            TESTS + "structure",
            // This module.
            TESTS + "coverage");

    private Measured() {}

    /** Of all modules those that count, by their directories. */
    static Map<String, String> of(Map<String, String> modules) {
        Map<String, String> measured = new TreeMap<>(modules);
        measured.keySet().removeIf(directory -> directory.startsWith(BENCHMARKS) || NOT_MEASURED.contains(directory));
        return measured;
    }

    static Map<String, String> of(Path root) throws IOException {
        return of(Pom.modules(root));
    }

    /**
     * What the list in the pom of this module lacks, for people.
     *
     * @param modules all that are built, by their directories
     * @param listed  what the pom lists, with scopes
     */
    static List<String> gaps(Map<String, String> modules, Map<String, String> listed) {
        List<String> gaps = new ArrayList<>();
        of(modules).forEach((directory, artifact) -> {
            boolean tests = directory.startsWith(TESTS);
            String wanted = tests ? "test" : "compile";
            String scope = listed.get(artifact);
            if (scope == null) {
                gaps.add(tests ? missingTests(directory, artifact) : missingClasses(directory, artifact));
            } else if (!scope.equals(wanted)) {
                gaps.add("itests/coverage/pom.xml lists " + directory + " in scope " + scope + "; write " + wanted
                        + (tests ? ": its tests count, and its classes do not" : ": only then do its classes count"));
            }
        });
        return gaps;
    }

    private static String missingClasses(String directory, String artifact) {
        return "itests/coverage/pom.xml does not list " + directory + ", so its lines are not measured; add "
                + "<dependency><groupId>org.snakepipe</groupId><artifactId>" + artifact + "</artifactId></dependency>";
    }

    private static String missingTests(String directory, String artifact) {
        return "itests/coverage/pom.xml does not list " + directory + ", so what its tests cover does not count; add "
                + "<dependency><groupId>org.snakepipe</groupId><artifactId>" + artifact + "</artifactId>"
                + "<version>${project.version}</version><type>pom</type><scope>test</scope></dependency>"
                + ", or say in Measured why nothing of ours runs there";
    }
}
