// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void readsTheOptionsOfRun() throws UsageException {
        Options options = Options.parse(List.of("run", "--env", "prod", "--config=/etc/c", "--home", "/srv/h"));

        assertThat(options.action()).isEqualTo(Options.Action.RUN);
        assertThat(options.environment()).contains("prod");
        assertThat(options.config()).contains(Path.of("/etc/c"));
        assertThat(options.home()).contains(Path.of("/srv/h"));
        assertThat(options.words()).isEmpty();
    }

    @Test
    void takesOptionsInFrontOfRun() throws UsageException {
        assertThat(Options.parse(List.of("--env", "prod", "run")).environment()).contains("prod");
    }

    @Test
    void leavesTheWordsOfAVerbAlone() throws UsageException {
        Options options = Options.parse(
                List.of("--home", "/h", "config", "explain", "--env", "prod", "--help", "snakepipe.pipeline~demo"));

        assertThat(options.action()).isEqualTo(Options.Action.ASK);
        assertThat(options.home()).contains(Path.of("/h"));
        assertThat(options.words())
                .containsExactly("config", "explain", "--env", "prod", "--help", "snakepipe.pipeline~demo");
    }

    @Test
    void takesHomeBehindAVerbToo() throws UsageException {
        Options options = Options.parse(List.of("status", "--home", "/h", "demo"));

        assertThat(options.home()).contains(Path.of("/h"));
        assertThat(options.words()).containsExactly("status", "demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "stop", "shell", "config", "config:list", "pipeline:stop", "plugin:list"})
    void asksForVerbsThatAreNotRun(String verb) throws UsageException {
        assertThat(Options.parse(List.of(verb)).action()).isEqualTo(Options.Action.ASK);
    }

    @ParameterizedTest
    @CsvSource({"--help, HELP", "-h, HELP", "help, HELP", "--version, VERSION"})
    void knowsHelpAndVersion(String word, Options.Action action) throws UsageException {
        assertThat(Options.parse(List.of(word)).action()).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | what shall it do?",
                "rnu | unknown verb rnu; did you mean run?",
                "staus | unknown verb staus; did you mean status?",
                "confg:list | unknown verb confg:list; did you mean config?",
                "xyzzy | unknown verb xyzzy",
                "run --evn prod | unknown option --evn; did you mean --env?",
                "run --xyzzy | unknown option --xyzzy",
                "run fast | run takes options only, found fast",
                "run --env | --env needs a value",
                "run --env --home h | --env needs a value",
                "run --env= | --env needs a value",
                "run --env a --env b | --env is given twice",
                "--env prod status | --env in front of the verb belongs to run, not to status",
            })
    void saysWhatCannotBeUnderstood(String line, String message) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Options.parse(arguments))
                .withMessage(message);
    }
}
