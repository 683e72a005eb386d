// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Path HOME = Path.of("/opt/snake pipe");

    private static Options parse(Map<String, String> variables, String... arguments) throws UsageException {
        return Options.parse(arguments, variables, HOME);
    }

    @Test
    void nothingMeansRunInDevInTheDefaultHome() throws UsageException {
        Options options = parse(Map.of());

        assertThat(options.verb()).isEqualTo("run");
        assertThat(options.environment()).isEqualTo("dev");
        assertThat(options.home()).isEqualTo(HOME);
        assertThat(options.config()).isEqualTo(HOME.resolve("config"));
        assertThat(options.data()).isEqualTo(HOME.resolve("data"));
        assertThat(options.deploy()).isEqualTo(HOME.resolve("deploy"));
    }

    @Test
    void optionsWinOverVariables() throws UsageException {
        Map<String, String> variables =
                Map.of("SNAKE_PIPE_HOME", "/a", "SNAKE_PIPE_ENV", "prod", "SNAKE_PIPE_CONFIG", "/c");

        Options byVariable = parse(variables, "run");
        Options byOption = parse(variables, "--home=/b", "run", "--env", "eu", "--config", "/d/../e");

        assertThat(byVariable).isEqualTo(new Options(List.of("run"), Path.of("/a"), Path.of("/c"), "prod"));
        assertThat(byOption).isEqualTo(new Options(List.of("run"), Path.of("/b"), Path.of("/e"), "eu"));
    }

    @Test
    void whatIsNoOptionBelongsToTheVerb() throws UsageException {
        assertThat(parse(Map.of(), "pipeline", "show", "demo", "--json", "--home", "/h").words())
                .containsExactly("pipeline", "show", "demo", "--json");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parse(Map.of(), "--hoem", "/x"))
                .hasMessage("unknown option --hoem (allowed: --home, --config, --env)");
        assertThatThrownBy(() -> parse(Map.of(), "run", "--env")).hasMessage("--env needs a value");
        assertThatThrownBy(() -> parse(Map.of(), "--env", "../x"))
                .hasMessage("'../x' is no name of an environment (allowed: letters, digits, '_', '.' and '-')");
    }
}
