// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final Path ROOT = Path.of(System.getProperty("snakepipe.root"));
    private static final Map<String, String> MODULES = Map.of(
            "bundles/org.snakepipe.api", "org.snakepipe.api",
            "itests/epic", "org.snakepipe.itest.epic",
            "itests/common", "org.snakepipe.itest.common",
            "benchmarks/org.snakepipe.benchmark.jmh", "org.snakepipe.benchmark.jmh");

    /** What is not listed is not measured, and nobody would notice. */
    @Test
    void everyModuleThatIsBuiltIsListed() throws IOException {
        Map<String, String> modules = Pom.modules(ROOT);

        assertThat(modules)
                .containsKeys(
                        "bundles/org.snakepipe.api", "runtime", "runtime/build", "itests/epic", "itests/coverage");
        assertThat(Measured.gaps(
                        modules, Pom.read(ROOT.resolve("itests/coverage")).dependencies()))
                .isEmpty();
    }

    @Test
    void namesARoomThatIsNotListedAndWhatToAdd() {
        assertThat(Measured.gaps(MODULES, Map.of("org.snakepipe.itest.epic", "test")))
                .containsExactly("itests/coverage/pom.xml does not list bundles/org.snakepipe.api, so its lines are not"
                        + " measured; add <dependency><groupId>org.snakepipe</groupId><artifactId>org.snakepipe.api"
                        + "</artifactId></dependency>");
    }

    @Test
    void namesTestsThatAreNotListed() {
        assertThat(Measured.gaps(MODULES, Map.of("org.snakepipe.api", "compile")))
                .singleElement()
                .asString()
                .startsWith("itests/coverage/pom.xml does not list itests/epic, so what its tests cover does not count")
                .contains("<artifactId>org.snakepipe.itest.epic</artifactId>", "<scope>test</scope>");
    }

    @Test
    void namesWhatIsListedAndDoesNotCount() {
        assertThat(Measured.gaps(MODULES, Map.of("org.snakepipe.api", "test", "org.snakepipe.itest.epic", "test")))
                .containsExactly("itests/coverage/pom.xml lists bundles/org.snakepipe.api in scope test; write compile:"
                        + " only then do its classes count");
    }

    @Test
    void acceptsWhatIsComplete() {
        assertThat(Measured.gaps(MODULES, Map.of("org.snakepipe.api", "compile", "org.snakepipe.itest.epic", "test")))
                .isEmpty();
    }
}
