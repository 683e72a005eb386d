// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.validation.ValidatedConfig;

/** What is asked of configuration files, whether a runtime runs them or not. Not thread-safe. */
public final class FileVerbs {
    private final Workspace workspace;

    /**
     * For one directory.
     *
     * @param workspace the directory
     */
    public FileVerbs(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * What an environment comes to; secrets masked.
     *
     * @param environment its name
     * @param id          of one configuration; empty for all of them
     * @return keys, values and places
     * @throws InterruptedException     if the caller is interrupted
     * @throws IllegalArgumentException if there is no such environment or configuration
     */
    public Answer resolve(String environment, String id) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        if (!id.isEmpty()) {
            ValidatedConfig.Checked one = Workspace.configuration(config, id);
            return ValueText.all(waiting(one), one.values());
        }
        List<String> lines = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        config.configurations().forEach((known, one) -> {
            Answer answer = ValueText.all(waiting(one), one.values());
            lines.add((lines.isEmpty() ? "" : "\n") + known);
            answer.lines().stream().skip(1).forEach(line -> lines.add("  " + line));
            data.put(known.toString(), answer.data());
        });
        return Answer.of(lines, data);
    }

    private static List<String> waiting(ValidatedConfig.Checked one) {
        return one.waiting().isEmpty() ? List.of() : List.of("WAITING: " + one.waiting());
    }

    /**
     * Why a key has its value, and what it hides.
     *
     * @param environment its name
     * @param id          of the configuration
     * @param key         one of its keys
     * @return the value and its places
     * @throws InterruptedException     if the caller is interrupted
     * @throws IllegalArgumentException if there is no such environment, configuration or key
     */
    public Answer explain(String environment, String id, String key) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        return ValueText.explained(id, key, Workspace.configuration(config, id).values());
    }
}
