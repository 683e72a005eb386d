// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.List;

/**
 * Something that can be asked or done.
 *
 * @param name        {@code pipeline:show}
 * @param arguments   names of the arguments, all of them needed but those in brackets, which come last; {@code [ID...]} stands
 *                    for any number
 * @param description one line for people
 * @param action      does it
 */
public record Verb(String name, List<String> arguments, String description, Action action) {
    /** What a verb does. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @param arguments as many as the verb has, or fewer where some may be left out
         * @return the answer
         * @throws InterruptedException if the caller is interrupted while waiting
         */
        Answer run(List<String> arguments) throws InterruptedException;
    }

    boolean takes(int count) {
        long needed = arguments.stream().filter(name -> !name.startsWith("[")).count();
        boolean any =
                !arguments.isEmpty() && arguments.get(arguments.size() - 1).endsWith("...]");
        return count >= needed && (any || count <= arguments.size());
    }

    String usage() {
        return name + (arguments.isEmpty() ? "" : " " + String.join(" ", arguments));
    }
}
