// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakepipe.api.config.Problem;

/**
 * What a verb answers.
 *
 * @param exit  0 when it was done, 1 when not, 2 when it was not understood
 * @param lines for people
 * @param data  the same for programs: maps, lists, text and numbers; when it was not done, a sentence
 * @param wrong why the answer is not complete, a line each; empty when it is
 */
public record Answer(int exit, List<String> lines, Object data, List<String> wrong) {
    /** Copies the lines. */
    public Answer {
        lines = List.copyOf(lines);
        wrong = List.copyOf(wrong);
    }

    /**
     * A complete answer.
     *
     * @param exit  as for the record
     * @param lines as for the record
     * @param data  as for the record
     */
    public Answer(int exit, List<String> lines, Object data) {
        this(exit, lines, data, List.of());
    }

    static Answer of(List<String> lines, Object data) {
        return new Answer(0, lines, data);
    }

    static Answer failed(String message) {
        return new Answer(1, List.of(message), message);
    }

    static Answer misunderstood(String message) {
        return new Answer(2, List.of(message), message);
    }

    /** The same, and it fails when something that it was made from is wrong. */
    Answer without(List<Problem> missing) {
        List<String> all = missing.stream()
                .map(problem -> "not complete: " + problem)
                .distinct()
                .toList();
        return all.isEmpty() ? this : new Answer(Math.max(1, exit), lines, data, all);
    }

    /** Whether it says what was asked for, be that good or bad; otherwise why there is no answer. */
    public boolean isAnswer() {
        return exit == 0 || data != null && !(data instanceof String);
    }

    /**
     * The lines as one text, and behind them why it is not complete.
     *
     * @return without a line feed at the end
     */
    public String text() {
        return Stream.concat(lines.stream(), wrong.stream()).collect(Collectors.joining("\n"));
    }
}
