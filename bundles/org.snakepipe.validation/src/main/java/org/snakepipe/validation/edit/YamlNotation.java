// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.regex.Pattern;

/** Text without quotes where nothing in it can be taken for something else, else in the quotes that it needs. */
final class YamlNotation implements Notation {
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{N}$_./](?:[^\\p{Cntrl}:#]|:(?=[^\\p{Cntrl} ,\\[\\]{}])|(?<! )#)*");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BRACKETS = Pattern.compile("[,\\[\\]{}]");

    @Override
    public String key(String key) {
        return value(key, true);
    }

    @Override
    public String value(String text, boolean flow) {
        boolean plain = PLAIN.matcher(text).matches()
                && !NOTHING.matcher(text).matches()
                && text.equals(text.strip())
                && !(flow && BRACKETS.matcher(text).find());
        return plain ? text : single(text);
    }

    @Override
    public String like(Part old, String text, boolean flow) {
        return switch (old.kind()) {
            case SINGLE -> single(text);
            case DOUBLE -> JsonNotation.quoted(text);
            default -> value(text, flow);
        };
    }

    private static String single(String text) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c != 0x7F && c != 0x85);
        return printable ? "'" + text.replace("'", "''") + "'" : JsonNotation.quoted(text);
    }
}
