// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.validation.SchemaKeys;
import org.snakepipe.validation.edit.Edited;
import org.snakepipe.validation.edit.Fixes;

/** Mends configuration files. Not thread-safe. */
public final class Mending {
    private final Workspace workspace;

    /**
     * For one directory.
     *
     * @param workspace the directory
     */
    public Mending(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * A file that can be mended.
     *
     * @param path   below the directory
     * @param edited what it is to be
     */
    public record Mended(String path, Edited edited) {}

    /**
     * Mends files, in memory, where nothing has to be guessed.
     *
     * @param environments names of environments that there are, whose problems are looked at. No environment is worse
     *     afterwards, these or others
     * @return the files that are others then
     * @throws InterruptedException if the caller is interrupted
     */
    public List<Mended> mend(List<String> environments) throws InterruptedException {
        Map<String, Set<Problem>> byFile = new TreeMap<>();
        for (List<Problem> found :
                new FileVerbs(workspace).problems(environments).values()) {
            for (Problem problem : found) {
                String path = problem.origin().map(Origin::source).orElse("");
                if (workspace.contents().containsKey(path)) {
                    byFile.computeIfAbsent(path, absent -> new LinkedHashSet<>())
                            .add(problem);
                }
            }
        }
        KnownKeys known = new SchemaKeys(workspace.schemas());
        Workspace now = workspace;
        List<Mended> mended = new ArrayList<>();
        for (Map.Entry<String, Set<Problem>> file : byFile.entrySet()) {
            String path = file.getKey();
            Workspace before = now;
            Edited edited = Fixes.apply(
                    path,
                    before.contents().get(path),
                    distinct(file.getValue()),
                    known,
                    content -> everywhere(before.with(path, content)));
            if (edited.isChanged()) {
                mended.add(new Mended(path, edited));
                now = before.with(path, edited.content());
            }
        }
        return mended;
    }

    private static List<Problem> distinct(Set<Problem> problems) {
        Map<String, Problem> distinct = new LinkedHashMap<>();
        problems.forEach(problem -> distinct.putIfAbsent(problem.code() + problem, problem));
        return List.copyOf(distinct.values());
    }

    private static Map<String, List<Problem>> everywhere(Workspace changed) {
        try {
            return new FileVerbs(changed).problems(changed.environments());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were mended", e);
        }
    }
}
