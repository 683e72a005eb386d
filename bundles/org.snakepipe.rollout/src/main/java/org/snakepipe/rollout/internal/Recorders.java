// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadResult;

/**
 * Those who write down what is done. Each call runs on a thread that can be left behind: a recorder that never returns costs a
 * change its deadline, and the later ones nothing, as it is asked nothing more before it has come to an end. Used by one thread.
 */
final class Recorders {
    private static final Logger LOG = LoggerFactory.getLogger(Recorders.class);

    private final Supplier<List<Recorder>> present;
    private final Duration deadline;
    /** What each was asked last, of those that may still be at it. */
    private final Map<Recorder, CompletableFuture<?>> asked = new IdentityHashMap<>();
    /** Those who have written down what is under way, and have to hear what comes of it. */
    private final List<Recorder> told = new ArrayList<>();
    /** Those who may write it down after all, when nobody waits for them any more. */
    private final List<Recorder> late = new ArrayList<>();

    /** @param present gives those that are there now @param deadline for each call */
    Recorders(Supplier<List<Recorder>> present, Duration deadline) {
        this.present = present;
        this.deadline = deadline;
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Before anything is touched. Gives what is wrong: then nothing may be touched. */
    Optional<Problem> intend(Journal.Intent intent) {
        forget();
        for (Recorder recorder : present.get()) {
            boolean asks = !isBusy(recorder);
            Optional<String> failure = call(
                    recorder,
                    () -> recorder.intended(intent.epoch(), intent.author(), intent.cause(), intent.changes()));
            if (failure.isPresent()) {
                if (asks) {
                    late.add(recorder);
                }
                return Optional.of(Problem.error(
                                "recorder.failed",
                                recorder.name() + " could not write down what was about to be done (" + failure.get()
                                        + "), so nothing was changed: mend where it writes to, or stop its bundle; it is"
                                        + " tried again by itself and with each change")
                        .build());
            }
            told.add(recorder);
        }
        return Optional.empty();
    }

    /** Nothing is under way. */
    void forget() {
        told.clear();
        late.clear();
        asked.values().removeIf(CompletableFuture::isDone);
    }

    /** Tells those who wrote down what was intended what came of it. Gives what they could not write. */
    List<Problem> ended(long epoch, ReloadResult result) {
        List<Recorder> now = present.get();
        List<Problem> problems = new ArrayList<>();
        for (Recorder recorder : told) {
            if (now.contains(recorder)) {
                call(recorder, () -> recorder.ended(epoch, result))
                        .ifPresent(failure -> problems.add(Problem.warning(
                                        "recorder.failed",
                                        recorder.name() + " could not write down what came of this: " + result.status()
                                                + ", generation " + result.generation() + " (" + failure
                                                + "). It counts all the same, and is missing there: mend where it"
                                                + " writes to")
                                .build()));
            }
        }
        // Whoever comes to an end of writing it down after all must not be left with half of the story.
        late.forEach(recorder -> asked.computeIfPresent(
                recorder, (same, before) -> before.thenCompose(unused -> endLate(recorder, epoch, result))));
        forget();
        return problems;
    }

    private static CompletableFuture<Void> endLate(Recorder recorder, long epoch, ReloadResult result) {
        Callable<Void> writing = () -> {
            recorder.ended(epoch, result);
            return null;
        };
        return ForeignCall.begin(thread(recorder), writing).end().exceptionally(e -> {
            LOG.warn("{} could not write down what came of attempt {}, which was refused", recorder.name(), epoch, e);
            return null;
        });
    }

    private boolean isBusy(Recorder recorder) {
        CompletableFuture<?> before = asked.get(recorder);
        return before != null && !before.isDone();
    }

    /** Gives why it did not come to a good end. */
    private Optional<String> call(Recorder recorder, Writing writing) {
        if (isBusy(recorder)) {
            return Optional.of("it is still at what it was asked before");
        }
        ForeignCall<Void> call = ForeignCall.begin(thread(recorder), () -> {
            writing.run();
            return null;
        });
        asked.put(recorder, call.end());
        try {
            call.get(deadline);
            return Optional.empty();
        } catch (TimeoutException e) {
            LOG.warn("{} does not answer; it is {}", recorder.name(), e.getMessage());
            return Optional.of("it did not answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            LOG.warn("{} cannot write", recorder.name(), e.getCause());
            return Optional.of(e.getCause().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the runtime stops");
        }
    }

    private static String thread(Recorder recorder) {
        return "snakepipe-recorder " + recorder.name();
    }
}
