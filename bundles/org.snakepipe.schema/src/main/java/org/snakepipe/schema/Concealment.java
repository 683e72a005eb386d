// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.List;
import java.util.regex.Pattern;

/** Hides passwords inside of longer values, such as the addresses of databases, from whoever reads them. Without state. */
public final class Concealment {
    /** What stands in place of a secret. */
    public static final String MASK = "<set>";

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)\\b((?:password|passwd|pwd|secret|token|api[-_]?key)=)(?!\\$\\[)[^&;,\\s]+");
    private static final Pattern USER_INFO = Pattern.compile("(://[^/\\s:@]*:)(?!\\$\\[)[^/\\s@]+@");

    private Concealment() {}

    /**
     * Makes a value safe to be seen.
     *
     * @param raw a value of any type; only text, and text in lists, can hold something to hide
     * @return the same object when there is nothing to hide
     */
    public static Object of(Object raw) {
        if (raw instanceof List<?> list) {
            List<Object> shown =
                    list.stream().map(Concealment::of).map(Object.class::cast).toList();
            return shown.equals(list) ? list : shown;
        }
        return raw instanceof String text ? text(text) : raw;
    }

    /**
     * Makes a text safe to be seen.
     *
     * @param text for example {@code jdbc:postgresql://host/db?user=me&password=xyz}
     * @return the text with {@value #MASK} in place of each password
     */
    public static String text(String text) {
        if (text.indexOf('=') < 0 && text.indexOf('@') < 0) {
            return text;
        }
        String shown = PARAMETER.matcher(text).replaceAll("$1" + MASK);
        return USER_INFO.matcher(shown).replaceAll("$1" + MASK + "@");
    }
}
