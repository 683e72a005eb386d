// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.Optional;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

/** The text of a file that can be mended in one place. Immutable. */
interface Document {
    /** The text with a fix made; empty when nobody knows where. Whether it then says what it should is for others to check. */
    Optional<String> with(Problem problem, Fix fix);

    /** A text in the format that the name of its file promises; it is one that can be read. */
    static Document of(String path, String text) {
        if (path.endsWith(".yaml")) {
            return new TreeText(text, YamlParts.read(text), new YamlNotation(), false);
        }
        if (path.endsWith(".json")) {
            return new TreeText(text, JsonParts.read(text), new JsonNotation(), path.endsWith(".cfg.json"));
        }
        return new CfgText(text);
    }

    /** The line end that a text uses. */
    static String lineEnd(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return text.indexOf('\r') < 0 ? "\n" : "\r";
        }
        return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }

    /** Where the line of a character begins. */
    static int startOfLine(String text, int index) {
        int start = index;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    /** Where the line of a character ends, in front of its line end. */
    static int endOfLine(String text, int index) {
        int end = index;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Where the line after the one that ends there begins. */
    static int nextLine(String text, int end) {
        if (text.startsWith("\r\n", end)) {
            return end + 2;
        }
        return Math.min(text.length(), end + 1);
    }
}
