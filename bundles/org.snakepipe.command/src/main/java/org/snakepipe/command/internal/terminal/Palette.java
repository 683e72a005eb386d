// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

/** Colours, where they are wanted. */
public final class Palette {
    private static final String RESET = "\u001b[0m";

    private final boolean coloured;

    /**
     * With or without colours.
     *
     * @param coloured whether a terminal shows them, and nobody has set NO_COLOR
     */
    public Palette(boolean coloured) {
        this.coloured = coloured;
    }

    /**
     * Whether somebody wants no colours.
     *
     * @param variable the value of {@code NO_COLOR}; may be {@code null}
     * @return {@code true} for anything but nothing, see no-color.org
     */
    public static boolean isUnwanted(String variable) {
        return variable != null && !variable.isEmpty();
    }

    String good(String text) {
        return paint("\u001b[32m", text);
    }

    String bad(String text) {
        return paint("\u001b[31m", text);
    }

    String dim(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String code, String text) {
        return coloured ? code + text + RESET : text;
    }
}
