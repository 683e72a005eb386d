// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.metatype;

import java.util.ArrayList;
import java.util.List;

/**
 * The attribute {@code default} of a Metatype document: elements separated by commas, without white space around them; a
 * backslash takes the meaning from a comma, a white space or another backslash. Source: OSGi Compendium 8, 105.8.
 */
final class DefaultText {
    private final List<String> elements = new ArrayList<>();
    private final StringBuilder element = new StringBuilder();
    /** Where the last character is that must stay although it may be white space. */
    private int inkEnd;

    private DefaultText() {}

    /** The elements of a list; none in an empty text. */
    static List<String> split(String text) {
        return text.isBlank() ? List.of() : new DefaultText().read(text, true);
    }

    /** The one value of an attribute that is no list; commas have no meaning there. */
    static String plain(String text) {
        return new DefaultText().read(text, false).get(0);
    }

    private List<String> read(String text, boolean list) {
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            boolean escaped = c == '\\' && index + 1 < text.length();
            if (escaped) {
                index++;
                ink(text.charAt(index));
            } else if (list && c == ',') {
                finish();
            } else if (!Character.isWhitespace(c)) {
                ink(c);
            } else if (inkEnd > 0) {
                element.append(c);
            }
        }
        finish();
        return elements;
    }

    private void ink(char c) {
        element.append(c);
        inkEnd = element.length();
    }

    private void finish() {
        elements.add(element.substring(0, inkEnd));
        element.setLength(0);
        inkEnd = 0;
    }
}
