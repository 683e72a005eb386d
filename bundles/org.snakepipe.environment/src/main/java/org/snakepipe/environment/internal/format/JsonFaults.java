// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in plain words what a parser of JSON complains of. Its own messages quote the text, which may be a secret, and name
 * settings of the parser; of them no more than numbers is shown. Without state.
 */
final class JsonFaults {
    private static final Pattern START = Pattern.compile("line: ([0-9]+), column: ([0-9]+)");
    private static final Pattern MOST = Pattern.compile("maximum allowed \\(([0-9]+)");
    private static final String NO_VALUE =
            "a value is none (allowed: text in double quotes, a number, true, false, null, {...}, [...])";
    private static final String NO_ESCAPE =
            "a backslash in a text stands before what it cannot escape (write two for a backslash)";
    private static final String NO_NUMBER =
            "a number is not written as in JSON (allowed: for example 10, -3, 0.5, 1e6)";
    private static final Map<String, String> WORDS = words();

    private JsonFaults() {}

    /** What the parser says to what that means; the first that occurs in a message counts. */
    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("start marker at", "the text ends before what begins in %s is closed");
        words.put("closing quote", "the text ends within a text in quotes");
        words.put("end-of-input in a comment", "the text ends within a comment");
        words.put("end-of-input", "the text ends too early");
        words.put("starting at", "what begins in %s is closed by the wrong bracket");
        words.put("close marker", "a bracket closes what was never opened");
        words.put("colon to separate", "a colon is missing between a key and its value");
        words.put("comma to separate", "a comma is missing between two values");
        words.put(
                "to start field name",
                "a key in double quotes is missing (allowed: no comma behind the last value, no key without quotes)");
        words.put("expected a valid value", NO_VALUE);
        words.put("Unrecognized token", NO_VALUE);
        words.put("Non-standard token", NO_VALUE);
        words.put("Illegal unquoted", "a line end or a tab stands in a text in quotes (write \\n or \\t)");
        words.put("Unrecognized character escape", NO_ESCAPE);
        words.put("character escape sequence", NO_ESCAPE);
        words.put("numeric value", NO_NUMBER);
        words.put("for a comment", "a slash begins no comment (allowed: //, /* and */)");
        words.put("Number value length", "a number is too long (allowed: %s characters)");
        words.put("Name length", "a key is too long (allowed: %s characters)");
        return Collections.unmodifiableMap(words);
    }

    /** What is wrong, for people. */
    static String found(String message) {
        for (Map.Entry<String, String> one : WORDS.entrySet()) {
            if (message.contains(one.getKey())) {
                return String.format(one.getValue(), where(message));
            }
        }
        return "a character does not belong here";
    }

    private static String where(String message) {
        Matcher start = START.matcher(message);
        if (start.find()) {
            return "line " + start.group(1) + ", column " + start.group(2);
        }
        Matcher most = MOST.matcher(message);
        return most.find() ? most.group(1) : "";
    }
}
