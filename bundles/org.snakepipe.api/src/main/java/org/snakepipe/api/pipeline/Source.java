// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Definition of a source: immutable settings, no resources. A delayed DS component with one public constructor, which
 * checks its settings and returns; the engine calls it on a thread of its own and limits its time.
 */
@ConsumerType
public interface Source {
    /**
     * Opens the source where reading stopped the last time. The engine has at most one reader of a pipeline open.
     *
     * @param context what the engine lends
     * @param from    what has been acknowledged; {@link Position#START} the first time
     * @return a reader; the engine closes it
     * @throws IOException          if it cannot be opened now; the message is for people; the engine tries again later
     * @throws InterruptedException if the pipeline is stopping
     */
    SourceReader open(OpenContext context, Position from) throws IOException, InterruptedException;

    /**
     * Whether reading ends by itself as it is configured, with {@link Polled#end()}: the files that are there, the rows of a
     * query. One that waits for more, such as a watched directory or a queue, does not. Only a pipeline whose source ends can
     * be run once, to its end.
     *
     * @return {@code false} unless a source says otherwise
     */
    default boolean isBounded() {
        return false;
    }

    /**
     * Says what is wrong with a position that a person asks for, before reading goes on from there. Touches nothing but what it
     * is given: a partition may be of something that is not there now.
     *
     * @param position never {@link Position#START}, which any source can begin at
     * @return a sentence for each mistake, with the partition, what was found and what is allowed; empty, never {@code null},
     *     when {@link #open} can make sense of the position
     */
    default List<String> mistakes(Position position) {
        return List.of();
    }
}
