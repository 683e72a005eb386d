// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;

/** Files of the largest size that repeat one thing: no parser takes more than a moment. */
class LargeFilesTest {
    private static final String[] SCRAPS = {
        "[", "{", "- ", "? ", "a: ", "a:\n ", "&a ", "*a ", "'", "\"", "''", "|\n", "#", "# x\n", "\n", "\r", " ", "\t",
        "\\", ",", "[a,", "{a: b,", "a, ", "!", "%", "---\n", "x\n", "- a\n", "-\n", "{\"a\":", "[1,", "\"a\",", "/*",
        "//", "//\n", "1", "a=b\n", "a\\\n", "\\u", "$[env:", "\u00e9", "\uFEFF"
    };

    @ParameterizedTest
    @EnumSource(Format.class)
    void takesAMoment(Format format) {
        ConfigId id = format.holdsSeveral() ? null : ConfigId.parse("x");
        Place place = new Place("base/x" + format.extension(), "base", id, format, false);
        for (String scrap : SCRAPS) {
            for (String start : new String[] {"", "p:\n  a: "}) {
                // Lines have a limit of their own, which would end most of these early.
                String line = scrap.repeat((TextFile.MAX_LINE - 20) / scrap.length());
                String text = start + (line + "\n  ").repeat((TextFile.MAX_BYTES - 100) / (line.length() * 2 + 3));
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10), () -> Formats.parse(place, bytes), () -> start + scrap);
            }
        }
    }
}
