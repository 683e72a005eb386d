// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports are those that surefire 3.5.2 and bnd 7.1.0 write. */
class SuitesTest {
    private static final String ONE = "bundles/one";
    private static final String RAN = "<testcase name='runs' classname='org.example.ATest' time='0.1'/>";
    private static final String SKIPPED =
            "<testcase name='later' classname='org.example.ATest'><skipped message='later'/></testcase>";

    @TempDir
    private Path root;

    private void report(String module, String file, String... cases) throws IOException {
        Path report = root.resolve(module).resolve("target").resolve(file);
        Files.createDirectories(report.getParent());
        String name = file.replaceAll(".*/TEST-|\\.xml$", "");
        Files.writeString(report, "<testsuite name='" + name + "'>" + String.join("\n", cases) + "</testsuite>");
    }

    @Test
    void isCompleteWhenAllRan() throws IOException {
        report(ONE, "surefire-reports/TEST-org.example.ATest.xml", RAN);

        Suites suites = Suites.read(root, List.of(ONE));

        assertThat(suites.isComplete()).isTrue();
        assertThat(suites.lines())
                .containsExactly(
                        "modules without a test that ran: none",
                        "suites that were skipped: none",
                        "single tests that were skipped: none",
                        "below the minimum of lines the build fails");
    }

    @Test
    void namesASingleTestAndStaysComplete() throws IOException {
        report(ONE, "surefire-reports/TEST-org.example.ATest.xml", RAN, SKIPPED);

        Suites suites = Suites.read(root, List.of(ONE));

        assertThat(suites.single()).containsExactly("org.example.ATest.later");
        assertThat(suites.isComplete()).isTrue();
    }

    @Test
    void namesASuiteThatWasSkippedAndGivesNoVerdict() throws IOException {
        report(ONE, "failsafe-reports/TEST-org.example.ATest.xml", SKIPPED, SKIPPED);
        report(ONE, "failsafe-reports/TEST-org.example.BTest.xml", RAN.replace("ATest", "BTest"));

        Suites suites = Suites.read(root, List.of(ONE));

        assertThat(suites.skipped()).containsExactly("org.example.ATest");
        assertThat(suites.silent()).isEmpty();
        assertThat(suites.isComplete()).isFalse();
    }

    /** So surefire reports a class whose {@code @BeforeAll} makes an assumption that does not hold. */
    @Test
    void namesASuiteThatWasGivenUpBeforeItsFirstTest() throws IOException {
        report(ONE, "surefire-reports/TEST-org.example.ATest.xml");
        report(ONE, "surefire-reports/TEST-org.example.BTest.xml", RAN.replace("ATest", "BTest"));

        Suites suites = Suites.read(root, List.of(ONE));

        assertThat(suites.skipped()).containsExactly("org.example.ATest");
        assertThat(suites.isComplete()).isFalse();
    }

    @Test
    void aClassIsNotSkippedWhoseTestsAreAllInNestedOnes() throws IOException {
        report(ONE, "surefire-reports/TEST-org.example.ATest.xml");
        report(ONE, "surefire-reports/TEST-org.example.ATest$Inner.xml", RAN.replace("ATest", "ATest$Inner"));

        assertThat(Suites.read(root, List.of(ONE)).isComplete()).isTrue();
    }

    /** The reports of bnd have a suite for the bundle, and lie a directory deeper. */
    @Test
    void readsTheClassesOfABundleOfTests() throws IOException {
        report(
                ONE,
                "test-reports/itest/TEST-org.example-0.1.0.xml",
                RAN.replace("ATest", "BTest"),
                SKIPPED.replace("later", "later()"));

        assertThat(Suites.read(root, List.of(ONE)).skipped()).containsExactly("org.example.ATest");
    }

    @Test
    void namesAModuleInWhichNothingRan() throws IOException {
        Suites suites = Suites.read(root, List.of(ONE));

        assertThat(suites.silent()).containsExactly(ONE);
        assertThat(suites.lines()).contains("modules without a test that ran: " + ONE);
        assertThat(suites.lines().get(3)).startsWith("NO VERDICT");
    }

    @Test
    void ignoresModulesThatAreNotMeasured() throws IOException {
        report(ONE, "surefire-reports/TEST-org.example.ATest.xml", RAN);
        report("benchmarks/two", "surefire-reports/TEST-org.example.ATest.xml", SKIPPED);
        report("bundles/gone", "surefire-reports/TEST-org.example.ATest.xml", SKIPPED);

        Suites suites = Suites.read(root, List.of(ONE));

        assertThat(suites.isComplete()).isTrue();
        assertThat(suites.single()).isEmpty();
    }
}
