// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.List;

/**
 * Something that can be asked or done.
 *
 * @param name        {@code pipeline:show}
 * @param arguments   names of the arguments; those in brackets may be left out and come last: {@code [FILE]}
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
         * @param arguments at most as many as the verb has; those that may be left out may be missing
         * @return the answer
         * @throws InterruptedException if the caller is interrupted while waiting
         */
        Answer run(List<String> arguments) throws InterruptedException;
    }

    boolean takes(int count) {
        long needed = arguments.stream().filter(name -> !name.startsWith("[")).count();
        return count >= needed && count <= arguments.size();
    }

    String usage() {
        return name + (arguments.isEmpty() ? "" : " " + String.join(" ", arguments));
    }
}
