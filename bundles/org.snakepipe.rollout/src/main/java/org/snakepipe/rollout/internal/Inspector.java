// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.snakepipe.control.Candidate;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Validation;
import org.snakepipe.environment.ConfigDirectory;

/**
 * Reads and checks candidates on a thread of its own, beside the rollout: what somebody only asks must not wait for a change, nor
 * a change for it. From any thread.
 */
final class Inspector implements AutoCloseable {
    private final Function<String, Drafter> drafters;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "snakepipe-inspect");
        made.setDaemon(true);
        return made;
    });

    /** @param drafters gives a new one for an environment */
    Inspector(Function<String, Drafter> drafters) {
        this.drafters = drafters;
    }

    /** Reads a directory. */
    Request<Candidate> load(String environment, Path directory, Duration deadline) {
        return run(deadline, () -> new Candidate(environment, Optional.of(directory), files(directory)));
    }

    /** What is no configuration has no content, and is left as it lies. What cannot be read may be anything: then nobody goes on. */
    private static Map<String, FileContent> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory.toAbsolutePath()
                    + " is no directory (allowed: one with files as those of the configuration directory, below base/,"
                    + " environments/ and local/)");
        }
        ConfigDirectory read = ConfigDirectory.read(directory.toRealPath());
        if (!read.problems().isEmpty()) {
            throw new IOException(directory + ": " + read.problems().get(0));
        }
        Map<String, FileContent> files = new TreeMap<>();
        read.files().forEach((path, bytes) -> {
            if (!ConfigDirectory.isPassedOver(path)) {
                files.put(path, Digests.content(bytes));
            }
        });
        return files;
    }

    /** Resolves and checks. @param plugins digests of those that are in force */
    Request<Validation> validate(Candidate candidate, Set<String> plugins, Duration deadline) {
        return run(deadline, () -> {
            Draft draft = drafters.apply(candidate.environment()).draft(candidate.files(), plugins);
            return new Validation(
                    Problems.union(draft.problems()), List.copyOf(draft.states().values()));
        });
    }

    private <T> Request<T> run(Duration deadline, Callable<T> work) {
        Request<T> request = new Request<>(deadline);
        try {
            Future<?> running = thread.submit(() -> {
                try {
                    request.answer(work.call());
                } catch (Exception e) {
                    // Whatever it is: it is the answer of the one who asked.
                    request.fail(e);
                }
            });
            request.withdrawn().thenRun(() -> running.cancel(true));
        } catch (RejectedExecutionException e) {
            request.abandon(Request.STOPS);
        }
        return request;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
