// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

/** Lines of a {@code .cfg} file, comments broken between words. Not thread-safe. */
final class CommentLines {
    private static final int WIDTH = 120;

    private final StringBuilder text = new StringBuilder();

    /** A comment; nothing when there is no text. */
    void comment(String words) {
        StringBuilder line = new StringBuilder("#");
        for (String word : words.strip().split("\\s+")) {
            if (line.length() > 1 && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(1);
            }
            if (!word.isEmpty()) {
                line.append(' ').append(word);
            }
        }
        if (line.length() > 1) {
            line(line.toString());
        }
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
