// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.runtime.Home;

/** Each promise has its test, and what is still to come is written down for as long as it is. */
class AcceptanceIT {
    private static final Path PAGE =
            Path.of(System.getProperty("snakepipe.docs")).resolve("acceptance.md");

    /** One line of the table. */
    private record Line(String promise, String test, String pending) {}

    private static List<Line> lines() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.contains("IT."))
                .map(line -> line.split("\\|"))
                .map(cells -> new Line(cells[1].strip(), cells[2].replaceAll(".*`(.*)`.*", "$1"), cells[3].strip()))
                .toList();
    }

    @Test
    void allPromisesAreThere() throws IOException {
        assertThat(lines())
                .extracting(Line::promise)
                .containsExactly(
                        "centralised management",
                        "validation with fixes",
                        "reload",
                        "discovery",
                        "unlimited environments",
                        "credentials",
                        "performance",
                        "recovery",
                        "integration",
                        "monitoring");
    }

    @TestFactory
    Stream<DynamicTest> eachIsShownByATest() throws IOException {
        return lines().stream()
                .map(line -> DynamicTest.dynamicTest(line.promise(), () -> {
                    String[] name = line.test().split("\\.");
                    Class<?> tests = Class.forName(getClass().getPackageName() + "." + name[0]);
                    assertThat(Stream.of(tests.getDeclaredMethods())
                                    .filter(method -> method.isAnnotationPresent(Test.class)
                                            || method.isAnnotationPresent(TestFactory.class)))
                            .extracting("name")
                            .contains(name[1]);
                }));
    }

    /** When one of these is there, it gets its test, and leaves the list. */
    @Test
    void nothingIsPendingThatIsThere(@TempDir Path directory) throws Exception {
        assertThat(lines().stream()
                        .flatMap(line -> Stream.of(line.pending().split(", ")))
                        .filter(pending -> !pending.isEmpty()))
                .containsExactly(
                        "encrypted store",
                        "audit",
                        "health and metrics",
                        "mistyped variables and what they may mean in health (now in `status`)");

        try (Stream<Path> bundles = Files.list(Home.INSTALLATION.resolve("bundles"))) {
            assertThat(bundles.map(jar -> jar.getFileName().toString()))
                    .noneMatch(jar -> jar.startsWith("org.snakepipe.audit-"))
                    .noneMatch(jar -> jar.startsWith("org.snakepipe.monitor-"));
        }
        try (Home home = new Home(directory.resolve("home"))) {
            assertThat(home.ask(2, "health")).startsWith("snakepipe: unknown command 'health'");
        }
        byte[] encrypted = "password = $[cipher:K1:AAAA]\n".getBytes(StandardCharsets.UTF_8);
        Checked checked = new Checked(
                Map.of("base/snakepipe.datasource~warehouse.cfg", encrypted),
                "dev",
                Surroundings.live(Map.of(), SecretNames.of(Set.of())),
                ShippedSchemas.read());
        assertThat(checked.problems()).anyMatch(problem -> problem.contains("needs a store of encrypted values"));
    }
}
