// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Candidate;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;
import org.snakepipe.control.Validation;

/** The rollout for everybody: answers from the last snapshot, passes on what is to be done. From any thread. */
public final class RolloutService implements ConfigManager, AutoCloseable {
    private final Snapshot snapshot;
    private final RolloutLoop loop;
    private final Inspector inspector;

    RolloutService(Snapshot snapshot, RolloutLoop loop, Inspector inspector) {
        this.snapshot = snapshot;
        this.loop = loop;
        this.inspector = inspector;
    }

    /**
     * The thread that does the work.
     *
     * @return not yet started, until somebody starts it
     */
    public RolloutLoop loop() {
        return loop;
    }

    @Override
    public GenerationInfo current() {
        return snapshot.state().generation().info(snapshot.environment());
    }

    @Override
    public List<GenerationInfo> history() {
        return snapshot.state().history();
    }

    @Override
    public String environment() {
        return snapshot.environment();
    }

    @Override
    public Optional<ReloadResult> lastResult() {
        return snapshot.lastResult();
    }

    @Override
    public List<Problem> problems() {
        return snapshot.problems();
    }

    @Override
    public List<UnappliedFile> unapplied() {
        return snapshot.state().unapplied();
    }

    @Override
    public Optional<Plan> pending() {
        return snapshot.state().pending();
    }

    @Override
    public List<ConfigState> list() {
        return snapshot.list();
    }

    @Override
    public Optional<ConfigState> get(ConfigId id) {
        return snapshot.get(id);
    }

    @Override
    public List<String> sources(ConfigId id) {
        return snapshot.provenance().sources(id);
    }

    @Override
    public List<EnvironmentInfo> environments() {
        return snapshot.provenance().environments();
    }

    @Override
    public CompletableFuture<Candidate> load(String environment, Optional<Path> directory, Duration deadline) {
        if (directory.isPresent()) {
            return inspector.load(environment, directory.get(), deadline);
        }
        return loop.ask(deadline, (commands, permit) -> Optional.of(commands.lying(environment)));
    }

    @Override
    public CompletableFuture<Validation> validate(Candidate candidate, Duration deadline) {
        Generation current = snapshot.state().generation();
        return inspector.validate(candidate, Set.copyOf(current.plugins().values()), deadline);
    }

    @Override
    public CompletableFuture<Plan> plan(Optional<Candidate> candidate, Duration deadline) {
        Optional<String> other =
                candidate.map(Candidate::environment).filter(name -> !name.equals(snapshot.environment()));
        if (other.isPresent()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("the candidate is of environment "
                    + other.get() + ", and this runtime runs " + snapshot.environment()
                    + ": compare them with diff, or ask the runtime of " + other.get()));
        }
        return loop.ask(deadline, (commands, permit) -> Optional.of(commands.plan(candidate)));
    }

    @Override
    public CompletableFuture<ReloadResult> apply(String hash, ApplyOptions options) {
        return loop.ask(options.deadline(), (commands, permit) -> commands.apply(hash, options, permit));
    }

    @Override
    public CompletableFuture<ReloadResult> apply(Map<String, Optional<String>> changes, ApplyOptions options) {
        return apply(changes, Map.of(), options);
    }

    @Override
    public CompletableFuture<ReloadResult> apply(
            Map<String, Optional<String>> changes, Map<String, Optional<FileContent>> jars, ApplyOptions options) {
        Map<String, Optional<String>> files = Map.copyOf(changes);
        Map<String, Optional<FileContent>> copy = Map.copyOf(jars);
        return loop.ask(options.deadline(), (commands, permit) -> commands.change(files, copy, options, permit));
    }

    @Override
    public CompletableFuture<ReloadResult> rollback(long generation, ApplyOptions options) {
        return loop.ask(options.deadline(), (commands, permit) -> commands.rollback(generation, options, permit));
    }

    @Override
    public CompletableFuture<ReloadResult> retry(Optional<String> file, ApplyOptions options) {
        return loop.ask(options.deadline(), (commands, permit) -> commands.retry(file, options, permit));
    }

    @Override
    public void close() {
        inspector.close();
        loop.close();
    }
}
