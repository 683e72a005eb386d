// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.List;
import org.snakepipe.schema.ListText;

/** Compares lists in files with lists as text. Without state. */
final class Elements {
    private Elements() {}

    /** Commas separated by something else are another way to write the same. */
    static boolean isSame(Object raw, String wanted) {
        if (raw instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList().equals(ListText.split(wanted));
        }
        String text = String.valueOf(raw);
        return text.equals(wanted)
                || text.indexOf(',') >= 0 && ListText.split(text).equals(ListText.split(wanted));
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
}
