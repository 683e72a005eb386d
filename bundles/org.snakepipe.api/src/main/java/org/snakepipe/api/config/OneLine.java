// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.stream.Collectors;

/** Texts in which names of files and values may stand, and with them anything. */
final class OneLine {
    private OneLine() {}

    /** The same with control characters written as {@code \\u000a}. */
    static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        return text.chars()
                .mapToObj(sign ->
                        Character.isISOControl(sign) ? String.format("\\u%04x", sign) : String.valueOf((char) sign))
                .collect(Collectors.joining());
    }
}
