// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;

/**
 * Makes the fixes of problems in a file, in place: comments, order, line ends and whatever else is not mended stay byte for
 * byte. Without state; from any thread.
 *
 * <p>Made is what is unambiguous: the only fix that a problem has, beside those that only say what other environments have.
 * Never made are: a new name that is written already, a line without a value or for a missing key (its
 * value would be a guess), plain text in place of a word such as {@code $[env:NAME]}, and anything about a secret. Each edit is
 * read again: it is made if it says what it should, and no other value and no other problem comes of it.
 */
public final class Fixes {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** From the end of the file to its beginning, so that places stay true; lines that are added come last. */
    private static final Comparator<Problem> FROM_THE_END = Comparator.comparing(
                    (Problem problem) -> problem.fixes().get(0).kind() == Fix.Kind.ADD)
            .thenComparing(
                    problem -> problem.origin().orElseThrow(),
                    Comparator.comparingInt(Origin::line)
                            .thenComparingInt(Origin::column)
                            .reversed());

    private Fixes() {}

    /**
     * Mends a file as far as the file alone tells.
     *
     * @param path     relative to the configuration directory, with {@code /}; its name tells the format
     * @param content  of the file, as it was when the problems were found; not changed
     * @param problems of this file; those of others are left
     * @return the mended file; what was mended and what is left
     */
    public static Edited apply(String path, byte[] content, List<Problem> problems) {
        return apply(path, content, problems, KnownKeys.NOTHING, (problem, after) -> true);
    }

    /**
     * Mends a file for which nobody looks at each edit. An edit is made if no error comes of it anywhere, and if what is an
     * error is gone then. Not made are edits that lose a value, edits of one key out of two that cannot tell which of them is
     * meant, and edits of names of other configurations.
     *
     * @param path     as above
     * @param content  as above
     * @param problems as above
     * @param known    tells which keys are secret
     * @param check    what is wrong in each environment when the file holds this; asked once for each edit and once before
     * @return the mended file; what was mended and what is left
     */
    public static Edited apply(
            String path,
            byte[] content,
            List<Problem> problems,
            KnownKeys known,
            Function<byte[], Map<String, List<Problem>>> check) {
        List<Problem> certain = Certainty.among(problems, known);
        Errors[] errors = {null};
        Edited edited = apply(path, content, certain, known, (problem, after) -> {
            errors[0] = errors[0] == null ? Errors.of(check.apply(content)) : errors[0];
            Errors now = Errors.of(check.apply(after));
            boolean better = errors[0].containsAll(now) && (!problem.isError() || !now.equals(errors[0]));
            errors[0] = better ? now : errors[0];
            return better;
        });
        List<Problem> left = new ArrayList<>(problems);
        left.removeAll(edited.applied());
        return new Edited(edited.content(), edited.applied(), left);
    }

    private static Edited apply(
            String path, byte[] content, List<Problem> problems, KnownKeys known, BiPredicate<Problem, byte[]> judge) {
        Set<Problem> applied = Collections.newSetFromMap(new IdentityHashMap<>());
        byte[] now = content;
        for (Problem problem : problems.stream()
                .filter(one -> isOf(path, one) && Choice.of(one, known).isPresent())
                .sorted(FROM_THE_END)
                .toList()) {
            Fix fix = Choice.of(problem, known).orElseThrow();
            Optional<byte[]> mended =
                    mended(path, now, problem, fix).filter(candidate -> judge.test(problem, candidate));
            if (mended.isPresent()) {
                now = mended.get();
                applied.add(problem);
            }
        }
        return new Edited(
                now,
                problems.stream().filter(applied::contains).toList(),
                problems.stream().filter(one -> !applied.contains(one)).toList());
    }

    private static boolean isOf(String path, Problem problem) {
        return problem.origin().filter(at -> at.source().equals(path)).isPresent();
    }

    private static Optional<byte[]> mended(String path, byte[] content, Problem problem, Fix fix) {
        Optional<Meaning> before = Meaning.of(path, content);
        String text = new String(content, StandardCharsets.UTF_8);
        boolean plain = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content);
        if (!plain || before.isEmpty() || !before.get().admits(problem, fix)) {
            return Optional.empty();
        }
        String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        return Document.of(path, text.substring(mark.length()))
                .with(problem, fix)
                .filter(mended -> !mended.isEmpty())
                .map(mended -> (mark + mended).getBytes(StandardCharsets.UTF_8))
                .filter(mended -> Meaning.of(path, mended)
                        .filter(after -> before.get().becomes(after, problem, fix))
                        .isPresent());
    }
}
