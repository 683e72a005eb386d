// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.Place;

class JsonFaultsTest {
    private static final String VALUE =
            "a value is none (allowed: text in double quotes, a number, true, false, null, {...}, [...])";
    private static final String KEY =
            "a key in double quotes is missing (allowed: no comma behind the last value, no key without quotes)";
    private static final String NUMBER = "a number is not written as in JSON (allowed: for example 10, -3, 0.5, 1e6)";
    private static final String ESCAPE =
            "a backslash in a text stands before what it cannot escape (write two for a backslash)";

    @Test
    void saysWhatIsNotClosed() {
        assertThat(fault("{\n  \"a\": {"))
                .isEqualTo("2:9 the text ends before what begins in line 2, column 8 is closed");
        assertThat(fault("{\"a\": [1,")).isEqualTo("1:10 the text ends too early");
        assertThat(fault("{\"a\": \"hunter2")).isEqualTo("1:15 the text ends within a text in quotes");
        assertThat(fault("/* hunter2")).isEqualTo("1:11 the text ends within a comment");
        assertThat(fault("{\n\"a\": 1]"))
                .isEqualTo("2:7 what begins in line 1, column 1 is closed by the wrong bracket");
        assertThat(fault("{}}")).isEqualTo("1:3 a bracket closes what was never opened");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(fault("{\"a\" 1}")).isEqualTo("1:6 a colon is missing between a key and its value");
        assertThat(fault("{\"a\": 1 \"b\": 2}")).isEqualTo("1:9 a comma is missing between two values");
        assertThat(fault("[1 2]")).isEqualTo("1:4 a comma is missing between two values");
        assertThat(fault("{\"a\": 1,}")).isEqualTo("1:9 " + KEY);
        assertThat(fault("{a: 1}")).isEqualTo("1:2 " + KEY);
    }

    @Test
    void pointsAtTheBeginningOfWhatIsNoValue() {
        assertThat(fault("{\n  \"a\": hunter2 }")).isEqualTo("2:8 " + VALUE);
        assertThat(fault("{\"a\": hunter-2}")).isEqualTo("1:7 " + VALUE);
        assertThat(fault("{\"a\": 'hunter2'}")).isEqualTo("1:7 " + VALUE);
        assertThat(fault("{\"a\": NaN}")).isEqualTo("1:10 " + VALUE);
        assertThat(fault("[1,]")).isEqualTo("1:4 " + VALUE);
        assertThat(fault("{} x")).isEqualTo("1:4 " + VALUE);
    }

    @Test
    void saysWhatIsWrongWithinAValue() {
        assertThat(fault("{\"a\": \"hun\nter2\"}"))
                .isEqualTo("1:11 a line end or a tab stands in a text in quotes (write \\n or \\t)");
        assertThat(fault("{\"a\": \"hun\\qter2\"}")).isEqualTo("1:12 " + ESCAPE);
        assertThat(fault("{\"a\": \"\\u00zz\"}")).isEqualTo("1:12 " + ESCAPE);
        for (String number : List.of("01", "1.", "-", "1e", "+1")) {
            assertThat(fault("{\"a\": " + number + "}")).isEqualTo("1:8 " + NUMBER);
        }
        assertThat(fault("/ x")).isEqualTo("1:2 a slash begins no comment (allowed: //, /* and */)");
    }

    @Test
    void pointsAtWhatIsTooLong() {
        assertThat(fault("{\n\"a\": " + "1".repeat(1200) + "}"))
                .startsWith("2:")
                .endsWith(" a number is too long (allowed: 1000 characters)");
        assertThat(fault("{\n\n\"" + "k".repeat(60_000) + "\": 1}"))
                .startsWith("3:")
                .endsWith(" a key is too long (allowed: 50000 characters)");
    }

    private static String fault(String text) {
        Place place = new Place("base/x.json", "base", null, Format.JSON, false);
        List<Problem> problems =
                DocumentFile.parse(place, text.getBytes(StandardCharsets.UTF_8)).problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo("json.syntax");
        Origin origin = problems.get(0).origin().orElseThrow();
        String message = problems.get(0).message();
        assertThat(message).startsWith("this is no JSON: ").doesNotContain("REDACTED", "hunter");
        return origin.line() + ":" + origin.column() + message.substring("this is no JSON:".length());
    }
}
