// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;

class WrittenFileTest {
    private static WrittenFile read(String path, String text) {
        return WrittenFile.read(path, text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void saysWhatIsWrittenWithoutLayersAndWords() {
        WrittenFile file = read("environments/prod/a.b~c.cfg", "x = $[env:Y]\nz = 1\nz = 2\n");

        assertThat(file.values().get(ConfigId.parse("a.b~c")).get("x").raw()).isEqualTo("$[env:Y]");
        assertThat(file.problems())
                .singleElement()
                .matches(problem -> problem.code().equals("key.twice"));
        assertThat(file.description()).isEmpty();
    }

    @Test
    void saysWhatDescribesAnEnvironment() {
        assertThat(read("prod.yaml", "environment:\n  extends: base\na.b:\n  c: 1\n")
                        .description())
                .containsOnlyKeys("extends");
        assertThat(read("environments/x/environment.cfg", "extends = y\n").description())
                .containsOnlyKeys("extends");
    }

    @Test
    void knowsNothingOfOtherFiles() {
        assertThat(WrittenFile.read("README.md", new byte[0])).isEmpty();
        assertThat(WrittenFile.read("base/a b.cfg", new byte[0])).isEmpty();
    }
}
