// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.Participant;

/** Something that the thread of the rollout has to do. */
sealed interface Job permits Job.Changed, Job.Gone, Job.Arrived, Job.Secret, Job.Drifted, Job.Asked {
    /** Files have settled. */
    record Changed(ChangeSet set) implements Job {}

    /** A root looks like an accident, or no longer. */
    record Gone(ChangeSet set, Runnable confirm) implements Job {}

    /** Somebody takes part from now on. */
    record Arrived(Participant participant) implements Job {}

    /** A secret may be another. */
    record Secret() implements Job {}

    /** Somebody else may have written a configuration. */
    record Drifted() implements Job {}

    /**
     * Somebody asks for something.
     *
     * @param request the answer
     * @param work    gives it; nothing when it was withdrawn
     */
    record Asked<T>(Request<T> request, Work<T> work) implements Job {
        private static final Logger LOG = LoggerFactory.getLogger(Asked.class);

        void run(Commands commands) throws InterruptedException {
            if (request.isDone()) {
                return;
            }
            try {
                work.run(commands, request).ifPresent(request::answer);
            } catch (InterruptedException e) {
                request.fail(new CancellationException(Request.STOPS));
                throw e;
            } catch (Exception | Error e) {
                // Whatever it is: it is the answer of the one who asked.
                LOG.debug("A request failed", e);
                request.fail(e);
            }
        }
    }

    /** What somebody asks for. */
    interface Work<T> {
        Optional<T> run(Commands commands, Permit permit) throws Exception;
    }
}
