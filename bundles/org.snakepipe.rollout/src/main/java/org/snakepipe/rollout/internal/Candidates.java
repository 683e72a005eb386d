// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;

/**
 * Which files a candidate is made of: all that lie on the disk, those that are held or cannot be read replaced by what was last
 * accepted.
 */
final class Candidates {
    private Candidates() {}

    static Map<String, FileContent> of(Disk disk, Map<String, FileContent> accepted, HeldFiles held) {
        Map<String, FileContent> files = new TreeMap<>();
        Set<String> paths = new TreeSet<>(disk.config().keySet());
        paths.addAll(accepted.keySet());
        for (String path : paths) {
            boolean kept = held.holds(path) || disk.isUnreadable(path);
            FileContent content = kept ? accepted.get(path) : disk.config().get(path);
            if (content != null) {
                files.put(path, content);
            }
        }
        return files;
    }

    /** Paths at which two sets of files differ. */
    static List<String> differences(Map<String, FileContent> one, Map<String, FileContent> other) {
        Set<String> paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        List<String> differences = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(one.get(path), other.get(path))) {
                differences.add(path);
            }
        }
        return differences;
    }

    /** Those of the fresh files that the errors name, by place or by id. */
    static List<String> named(List<Problem> errors, Collection<String> fresh, Draft draft) {
        return fresh.stream()
                .filter(path -> errors.stream().anyMatch(error -> names(error, path, draft)))
                .toList();
    }

    /** An error of a configuration as a whole, such as a key that is missing, may come from each of its files. */
    private static boolean names(Problem error, String path, Draft draft) {
        Optional<Origin> origin = error.origin();
        if (origin.isPresent()
                && (origin.get().line() > 0 || !isFileOf(error, origin.get().source(), draft))) {
            return origin.get().source().equals(path);
        }
        return isFileOf(error, path, draft)
                || origin.isPresent() && origin.get().source().equals(path);
    }

    private static boolean isFileOf(Problem error, String path, Draft draft) {
        return error.id()
                .filter(id -> draft.provenance().sources(id).contains(path))
                .isPresent();
    }

    /** What a file speaks of, and may speak of: one that cannot be read is known by its errors. */
    static Set<ConfigId> subjects(String path, List<Problem> errors, Draft draft) {
        Set<ConfigId> ids = draft.states().keySet().stream()
                .filter(id -> draft.provenance().sources(id).contains(path))
                .collect(Collectors.toCollection(TreeSet::new));
        errors.forEach(error -> error.id().ifPresent(ids::add));
        draft.provenance().doubts().forEach((id, why) -> {
            if (why.origin().map(Origin::source).filter(path::equals).isPresent()) {
                ids.add(id);
            }
        });
        return ids;
    }

    /**
     * Errors of configurations that did not come up, with the file that made them so, if a file did.
     *
     * @param fresh the files that changed
     * @param draft what the files come to
     */
    static List<Problem> located(List<Problem> errors, List<String> fresh, Draft draft) {
        return errors.stream()
                .map(error -> error.origin().isPresent()
                        ? error
                        : fresh.stream()
                                .filter(path -> isFileOf(error, path, draft))
                                .findFirst()
                                .map(path -> at(path, error))
                                .orElse(error))
                .toList();
    }

    private static Problem at(String path, Problem error) {
        Problem.Builder problem = error.isError()
                ? Problem.error(error.code(), error.message())
                : Problem.warning(error.code(), error.message());
        return problem.id(error.id().orElse(null))
                .key(error.key().orElse(null))
                .at(new Origin("", path, 0, 0))
                .fixes(error.fixes())
                .build();
    }
}
