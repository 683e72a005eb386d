// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void readsTheOptionsOfRun() throws UsageException {
        Options options = Options.parse(List.of("run", "--env", "prod", "--config=/etc/c", "--home", "/srv/h"));
        Options once = Options.parse(List.of("run", "--once", "demo"));

        assertThat(options.environment()).contains("prod");
        assertThat(options.once()).isEmpty();
        assertThat(once.once()).contains("demo");
        assertThat(options.config()).contains(Path.of("/etc/c"));
        assertThat(options.home()).contains(Path.of("/srv/h"));
    }

    @Test
    void takesOptionsInFrontOfRun() throws UsageException {
        assertThat(Options.parse(List.of("--env", "prod", "run")).environment()).contains("prod");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the launcher runs, found nothing (allowed: run)",
                "status | the launcher runs, found status (allowed: run)",
                "run --evn prod | unknown option --evn; did you mean --env?",
                "run --xyzzy | unknown option --xyzzy",
                "run fast | run takes options only, found fast",
                "run --env | --env needs a value",
                "run --env --home h | --env needs a value",
                "run --env= | --env needs a value",
                "run --env a --env b | --env is given twice",
            })
    void saysWhatCannotBeUnderstood(String line, String message) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Options.parse(arguments))
                .withMessage(message);
    }
}
