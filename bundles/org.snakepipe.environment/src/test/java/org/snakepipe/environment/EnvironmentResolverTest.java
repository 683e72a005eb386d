// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

class EnvironmentResolverTest {
    private static final String DEMO = "snakepipe.pipeline~demo";
    private static final String FILE = DEMO + ".cfg";

    @Test
    void laysLayersOverOneAnotherKeyByKey() {
        Resolution resolution = tree().file(
                        "base/" + FILE, "a = base", "b = base", "c = base", "d = base", "e = base", "f = base")
                .file("environments/prod/" + FILE, "b = prod", "c = prod", "d = prod", "e = prod", "f = prod")
                .file("environments/eu/" + FILE, "c = eu", "d = eu", "e = eu", "f = eu")
                .file("environments/eu/environment.cfg", "extends = prod")
                .file("environments/berlin/" + FILE, "d = berlin", "e = berlin", "f = berlin")
                .file("environments/berlin/environment.cfg", "extends = eu", "description = The city")
                .file("local/" + FILE, "e = local", "f = local")
                .variable("SNAKE_PIPE_PIPELINE_DEMO__F", " variable ")
                .resolve("berlin");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.environment().name()).isEqualTo("berlin");
        assertThat(resolution.environment().ancestors()).containsExactly("prod", "eu");
        Map<String, ConfigValue> values = resolution.values().get(ConfigId.parse(DEMO));
        assertThat(values.keySet()).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(values.values().stream().map(ConfigValue::raw))
                .containsExactly("base", "prod", "eu", "berlin", "local", "variable");
    }

    @Test
    void tellsWhereAValueIsWrittenAndWhatItHides() {
        Resolution resolution = tree().file("base/" + FILE, "# sizes", "size = 1")
                .file("environments/prod/" + FILE, "size = 2")
                .file("local/" + FILE, "", "", "  size = 3")
                .variable("SNAKE_PIPE_PIPELINE_DEMO__SIZE", "4")
                .resolve("prod");

        ConfigValue value = resolution.values().get(ConfigId.parse(DEMO)).get("size");
        assertThat(value.origin())
                .isEqualTo(new Origin("environment variable", "SNAKE_PIPE_PIPELINE_DEMO__SIZE", 0, 0));
        assertThat(value.shadowed())
                .containsExactly(
                        ConfigValue.of("3", new Origin("local", "local/" + FILE, 3, 3)),
                        ConfigValue.of("2", new Origin("environment prod", "environments/prod/" + FILE, 1, 1)),
                        ConfigValue.of("1", new Origin("base", "base/" + FILE, 2, 1)));
    }

    @Test
    void leavesOutOtherEnvironments() {
        Resolution resolution =
                tree().file("environments/prod/" + FILE, "size = 2").resolve("dev");

        assertThat(resolution.values()).isEmpty();
        assertThat(resolution.problems()).isEmpty();
    }

    @Test
    void ignoresBrokenFilesOfOtherEnvironments() {
        Resolution resolution =
                tree().bytes("environments/prod/" + FILE, new byte[0]).resolve("dev");

        assertThat(resolution.problems()).isEmpty();
    }

    @Test
    void keepsAConfigurationWithoutKeys() {
        Resolution resolution = tree().file("base/" + FILE, "# nothing yet").resolve("dev");

        assertThat(resolution.values()).containsExactly(Map.entry(ConfigId.parse(DEMO), Map.of()));
    }

    @Test
    void dropsAConfigurationWhoseFileCannotBeRead() {
        Resolution resolution = tree().bytes("base/" + FILE, new byte[0]).resolve("dev");

        assertThat(resolution.values()).isEmpty();
        assertThat(texts(resolution))
                .containsExactly("ERROR base/" + FILE
                        + ": the file is empty: probably half written; delete the file to remove the configuration");
    }

    @Test
    void sortsProblemsByPlace() {
        Resolution resolution = tree().file("base/b.cfg", "x = $[a]", " = 1", "y = 1")
                .file("base/a.cfg", "x = 1", "x = 2")
                .file("stray.txt")
                .resolve("prd");

        assertThat(resolution.problems().stream().map(Problem::code))
                .containsExactly("environment.unknown", "key.twice", "word.unknown", "key.empty", "file.place");
    }

    @Test
    void takesAHyphenAsPartOfTheName() {
        Resolution resolution =
                tree().file("base/snakepipe.source.file~in-box.cfg", "a = 1").resolve("dev");

        assertThat(raw(resolution, "snakepipe.source.file~in-box", "a")).isEqualTo("1");
    }

    @Test
    void givesOutNothingThatCanBeChanged() {
        Resolution resolution = tree().file("base/" + FILE, "a = 1").resolve("dev");

        assertThatThrownBy(() -> resolution.values().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> resolution.values().get(ConfigId.parse(DEMO)).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> resolution.problems().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void resolvesAnEmptyDirectory() {
        Resolution resolution = tree().resolve("dev");

        assertThat(resolution.values()).isEmpty();
        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.environment().ancestors()).isEmpty();
        assertThat(resolution.environment().name()).isEqualTo("dev");
    }
}
