// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lists as text, split exactly as schemas split them: at commas; a backslash takes a comma its meaning. Without state. */
final class Elements {
    private static final Pattern BACKSLASHES_BEFORE_COMMA = Pattern.compile("(?<!\\\\)\\\\++(?=,)");

    private Elements() {}

    /** The elements, trimmed; none in a blank text. */
    static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        if (text.isBlank()) {
            return elements;
        }
        StringBuilder element = new StringBuilder();
        int backslashes = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == ',') {
                element.setLength(element.length() - (backslashes + 1) / 2);
            }
            if (c == ',' && backslashes % 2 == 0) {
                elements.add(element.toString().strip());
                element.setLength(0);
            } else {
                element.append(c);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        elements.add(element.toString().strip());
        return elements;
    }

    /** Commas separated by something else are another way to write the same. */
    static boolean isSame(Object raw, String wanted) {
        if (raw instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList().equals(split(wanted));
        }
        String text = String.valueOf(raw);
        return text.equals(wanted) || text.indexOf(',') >= 0 && split(text).equals(split(wanted));
    }

    /** The wanted text with the white space around its elements that the old one has, when it has as many of them. */
    static String inPlace(String old, String wanted) {
        if (old.indexOf('\\') >= 0 || wanted.indexOf('\\') >= 0 || old.contains("$[")) {
            return wanted;
        }
        String[] before = old.split(",", -1);
        String[] after = wanted.split(",", -1);
        if (before.length != after.length || before.length == 1) {
            return wanted;
        }
        for (int index = 0; index < before.length; index++) {
            String element = before[index].strip();
            int start = element.isEmpty() ? before[index].length() : before[index].indexOf(element);
            before[index] = before[index].substring(0, start)
                    + after[index].strip()
                    + before[index].substring(start + element.length());
        }
        return String.join(",", before);
    }

    /** The text that a schema reads as these elements. */
    static String join(List<String> elements) {
        StringBuilder text = new StringBuilder();
        for (String element : elements) {
            if (!text.isEmpty()) {
                int end = text.length();
                while (end > 0 && text.charAt(end - 1) == '\\') {
                    end--;
                }
                text.append(text.substring(end)).append(", ");
            }
            text.append(quoted(element).replace(",", "\\,"));
        }
        return text.toString();
    }

    /** The text that a schema reads as this value, which is no list: backslashes in front of a comma are doubled. */
    static String quoted(String value) {
        return BACKSLASHES_BEFORE_COMMA.matcher(value).replaceAll("$0$0");
    }
}
