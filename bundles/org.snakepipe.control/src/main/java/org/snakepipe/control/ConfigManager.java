// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;

/**
 * What configuration is in force and why, and the way to change it. A service of the rollout room; from any thread.
 *
 * <p>What is asked returns at once: a snapshot of what the last rollout has left. What is done returns a future. Its
 * {@code cancel} gives up what has not yet begun to touch what runs, and answers {@code false} when it has: that is brought to
 * its end. A deadline does the same by itself; the future then ends with a {@link java.util.concurrent.TimeoutException}. When
 * the runtime stops, what has not begun is cancelled. One rollout is done at a time, in the order in which they were asked for.
 */
@ProviderType
public interface ConfigManager {
    /**
     * The generation in force.
     *
     * @return it; number 0, with nothing in it, before the first one
     */
    GenerationInfo current();

    /**
     * The generations that {@link #rollback} can go back to, the one in force too.
     *
     * @return the newest first; at most 50
     */
    List<GenerationInfo> history();

    /**
     * The number of the generation in force.
     *
     * @return 0 before the first one, then growing, also over restarts
     */
    default long generation() {
        return current().number();
    }

    /**
     * The environment of this runtime.
     *
     * @return its name
     */
    String environment();

    /**
     * The receipt of the last change, whatever came of it. {@link ReloadResult.Status#UNCHANGED} does not hide the one before,
     * unless that did not come into force and nothing on the disk is left of it. What was asked of a plan, a file or a
     * generation that is not there is no change.
     *
     * @return the receipt; empty while the first one is on its way
     */
    Optional<ReloadResult> lastResult();

    /**
     * Everything that is wrong with the files as they lie on the disk now: what is rejected, held or left out.
     *
     * @return problems, sorted by place; empty when the disk is what runs
     */
    List<Problem> problems();

    /**
     * The files whose content on the disk is not what is in force.
     *
     * @return sorted by path; empty when the disk is what runs
     */
    List<UnappliedFile> unapplied();

    /**
     * What waits for somebody to confirm it, because the environment is protected. Kept over a restart.
     *
     * @return the plan; empty when nothing waits
     */
    Optional<Plan> pending();

    /**
     * All configurations of the generation in force, published or not.
     *
     * @return sorted by id
     */
    List<ConfigState> list();

    /**
     * One configuration.
     *
     * @param id its id
     * @return its state; empty when nothing configures it
     */
    Optional<ConfigState> get(ConfigId id);

    /**
     * Why a key has its value: with its origin and with what it hides.
     *
     * @param id  the configuration
     * @param key the key
     * @return the value in force; a secret stands as {@code <set>}. Empty when nothing configures it, or nothing sets the key
     */
    default Optional<ConfigValue> explain(ConfigId id, String key) {
        return get(id).map(state -> state.values().get(key));
    }

    /**
     * What says something of a configuration, also without setting a key.
     *
     * @param id its id
     * @return paths of files, relative to the configuration directory, the lowest layer first; empty when nothing configures it
     */
    List<String> sources(ConfigId id);

    /**
     * All environments that the configuration directory knows.
     *
     * @return sorted by name
     */
    List<EnvironmentInfo> environments();

    /**
     * Reads files that might come into force.
     *
     * @param environment of any name; {@link #validate} says when there is none
     * @param directory   where to read; empty for the configuration directory of this runtime, as it has settled
     * @param deadline    how long it may take
     * @return the files. Ends with an {@link java.io.IOException} if they cannot be read
     */
    CompletableFuture<Candidate> load(String environment, Optional<Path> directory, Duration deadline);

    /**
     * Resolves and checks, with the variables and secrets of this process and the plugins that are in force. Nothing is
     * touched.
     *
     * @param candidate what to check
     * @param deadline  how long it may take
     * @return everything that is wrong
     */
    CompletableFuture<Validation> validate(Candidate candidate, Duration deadline);

    /**
     * Tells what would happen, and gives the hash that {@link #apply(String, ApplyOptions)} takes. Nothing is touched; the
     * last 16 plans of candidates are remembered, until the process ends.
     *
     * @param candidate files of the environment of this runtime; empty for what lies on the disk, plugins too
     * @param deadline  how long it may take
     * @return the plan. Ends with an {@link IllegalArgumentException} if the candidate is of another environment
     */
    CompletableFuture<Plan> plan(Optional<Candidate> candidate, Duration deadline);

    /**
     * Brings a plan into force, exactly as it was made: what was {@link ReloadResult.Status#PENDING}, or what
     * {@link #plan} gave.
     *
     * @param hash    of the plan, or so much of its beginning that no other begins so, 6 digits at least
     * @param options who, and how
     * @return the receipt; {@link ReloadResult.Status#REJECTED} with the code {@code plan.moved} if the generation in force, a
     *     file or a plugin is no longer the one the plan was made of, {@code plan.expired}, or {@code plan.unknown}
     */
    CompletableFuture<ReloadResult> apply(String hash, ApplyOptions options);

    /**
     * Changes files and brings them into force, together or not at all. They are written once everything has been checked,
     * and put back when the change does not come up. In a protected environment this is the confirmation too.
     *
     * @param changes path, relative to the configuration directory and with {@code /}, to the new content; empty to delete it
     * @param options who, and how
     * @return the receipt; when it is not {@link ReloadResult.Status#APPLIED} or {@link ReloadResult.Status#UNCHANGED}, no
     *     file has another content than before, and none is held
     */
    CompletableFuture<ReloadResult> apply(Map<String, Optional<String>> changes, ApplyOptions options);

    /**
     * Puts jars into {@code deploy/} or takes them away, changes files, and brings all of it into force, together or not at
     * all: as if everything had been saved in one moment. What is registered stays there for the next start.
     *
     * @param changes as for {@link #apply(Map, ApplyOptions)}; may be empty
     * @param jars    name of a file in {@code deploy/}, which ends with {@code .jar}, to its new content; empty to delete it
     * @param options who, and how
     * @return the receipt; when it is not {@link ReloadResult.Status#APPLIED} or {@link ReloadResult.Status#UNCHANGED}, no
     *     file has another content than before, and none is held
     */
    CompletableFuture<ReloadResult> apply(
            Map<String, Optional<String>> changes, Map<String, Optional<FileContent>> jars, ApplyOptions options);

    /**
     * Goes back to the files and plugins of an earlier generation; that is a new generation. Files on the disk that differ from
     * it are held until their content changes, or {@link #retry}; with {@link ApplyOptions#write} they are written instead.
     * Values are resolved anew: secrets and variables are those of now.
     *
     * @param generation one of {@link #history}
     * @param options    who, and how
     * @return the receipt; {@link ReloadResult.Status#REJECTED} with the code {@code generation.unknown} if it is not kept
     */
    CompletableFuture<ReloadResult> rollback(long generation, ApplyOptions options);

    /**
     * Tries again what is held, and what waits.
     *
     * @param file    one of {@link #unapplied}; empty for all
     * @param options who, and how
     * @return the receipt; {@link ReloadResult.Status#REJECTED} with the code {@code file.notheld} if that file is not held
     */
    CompletableFuture<ReloadResult> retry(Optional<String> file, ApplyOptions options);
}
