// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Unit.Measure;
import org.snakepipe.schema.Constraints.Reference;

/** Regular expressions that mean the same to Java and to ECMA-262. */
final class Regexes {
    /** Something that is no white space. */
    static final String NOT_BLANK = "\\S";
    /** A word, or the text {@code $[}, which nobody writes. */
    static final String WORD = "\\$\\[";

    static final String INTEGER = "[+-]?[0-9]+";
    static final String DECIMAL = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?";
    static final String PORT = "[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";

    private static final String SIZE = "[0-9]+(?:[kMGTP]?B|[KMGTP]iB)";
    private static final String DURATION =
            "(?=[0-9])(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?" + "(?:[0-9]+us)?(?:[0-9]+ns)?";
    private static final String WORDS_OF_A_PID = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

    private Regexes() {}

    /** The whole text is of it. */
    static String whole(String regex) {
        return "^(?:" + regex + ")$";
    }

    /** The whole text is of it, or there is a word in it. */
    static String wholeOrWord(String regex) {
        return whole(regex) + "|" + WORD;
    }

    /** A duration or a size; a bare number too. */
    static String quantity(Measure measure) {
        return INTEGER + "|" + (measure == Measure.bytes ? SIZE : DURATION);
    }

    /** The ids and words that a reference may be, and perhaps nothing at all. */
    static String reference(Reference reference, boolean orBlank) {
        List<String> families = new ArrayList<>();
        for (String family : reference.families()) {
            families.add(quoted(family) + (family.endsWith(".") ? WORDS_OF_A_PID : ""));
        }
        List<String> all = new ArrayList<>(orBlank ? List.of("\\s*") : List.of());
        reference.words().forEach(word -> all.add(quoted(word)));
        all.add("(?:" + String.join("|", families) + ")(?:~" + NAME + ")?");
        return String.join("|", all);
    }

    /** A text, and nothing else. */
    static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> ("^$\\.*+?()[]{}|/".indexOf(c) >= 0 ? "\\" : "") + (char) c)
                .collect(Collectors.joining());
    }
}
