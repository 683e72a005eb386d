// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The pipelines. A service of the engine; from any thread. Names are those of {@link PipelineStatus#name}. */
@ProviderType
public interface Pipelines {
    /**
     * All pipelines that are configured.
     *
     * @return sorted by name
     */
    List<PipelineStatus> list();

    /**
     * One pipeline.
     *
     * @param name its name
     * @return how it is; empty when there is none of this name
     */
    Optional<PipelineStatus> show(String name);

    /**
     * Starts a pipeline that was stopped by hand, or tries a failed one again now. Starting one that runs does nothing.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IllegalStateException    if its configuration says {@code enabled = false}; the message says where
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it may run
     */
    void start(String name) throws InterruptedException, IOException;

    /**
     * Starts the one pipeline that this process is there for, see {@link House#ONCE}: no other starts. If it was stopped by hand
     * it is no longer. What goes wrong from then on, also that its source does not end by itself, is in its status.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IllegalStateException    if its configuration says {@code enabled = false}, or this process runs all pipelines
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it may run
     */
    void once(String name) throws InterruptedException, IOException;

    /**
     * Stops a pipeline: what is on its way arrives first. It stays stopped until it is started, also over restarts.
     *
     * @param name     its name
     * @param deadline how long to let things arrive; what has not arrived then is read again at the next start
     * @param by       who asks, to be shown; empty when that is not known
     * @return {@code true} when everything arrived
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is stopped; it is stopped all the same
     */
    boolean stop(String name, Duration deadline, String by) throws InterruptedException, IOException;

    /**
     * As {@link #stop(String, Duration, String)}, by somebody who is not known.
     *
     * @param name     its name
     * @param deadline how long to let things arrive
     * @return {@code true} when everything arrived
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is stopped; it is stopped all the same
     */
    default boolean stop(String name, Duration deadline) throws InterruptedException, IOException {
        return stop(name, deadline, "");
    }

    /**
     * Reads nothing more, and lets what was read arrive; everything stays open. {@link #start} reads on. Until then it stays
     * paused, also over restarts. Pausing one that does not run has effect once it does.
     *
     * @param name its name
     * @param by   who asks, to be shown; empty when that is not known
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IllegalStateException    if it is stopped
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is paused; it is paused all the same
     */
    void pause(String name, String by) throws InterruptedException, IOException;

    /**
     * As {@link #pause(String, String)}, by somebody who is not known.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IllegalStateException    if it is stopped
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is paused; it is paused all the same
     */
    default void pause(String name) throws InterruptedException, IOException {
        pause(name, "");
    }

    /**
     * Reads nothing more, waits until everything that was read has arrived, and stops then. Unlike {@link #stop} it cuts
     * nothing off: what has not arrived by the deadline goes on arriving, and the pipeline stays paused.
     *
     * @param name     its name
     * @param deadline how long to wait
     * @param by       who asks, to be shown; empty when that is not known
     * @return {@code true} when everything arrived and the pipeline is stopped
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is stopped; it is stopped all the same
     */
    boolean drain(String name, Duration deadline, String by) throws InterruptedException, IOException;

    /**
     * As {@link #drain(String, Duration, String)}, by somebody who is not known.
     *
     * @param name     its name
     * @param deadline how long to wait
     * @return {@code true} when everything arrived and the pipeline is stopped
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is stopped; it is stopped all the same
     */
    default boolean drain(String name, Duration deadline) throws InterruptedException, IOException {
        return drain(name, deadline, "");
    }

    /**
     * Forgets how far the source was read, and reads on from a position. A running pipeline is stopped first and started
     * afterwards.
     *
     * @param name its name
     * @param to   offset of each partition, in the words of the source; empty for its beginning
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if the checkpoint cannot be written
     */
    void reset(String name, Map<String, String> to) throws InterruptedException, IOException;

    /**
     * Reads the rejected records that a pipeline keeps because of {@code on.error = quarantine}, one at a time. What is damaged is
     * passed over.
     *
     * @param name its name
     * @param ids  which records; empty for all; one that is not there is passed over
     * @param each takes them on this thread, oldest first
     * @return what could not be read: for each file or record a sentence that names the file
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IOException              if the quarantine cannot be read at all
     */
    List<String> quarantine(String name, Collection<String> ids, Consumer<QuarantinedRecord> each) throws IOException;

    /**
     * As {@link #quarantine(String, Collection, Consumer)}, of a quarantine that is small enough for the memory, and without saying
     * what could not be read.
     *
     * @param name its name
     * @return oldest first
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IOException              if the quarantine cannot be read at all
     */
    default List<QuarantinedRecord> quarantine(String name) throws IOException {
        List<QuarantinedRecord> all = new ArrayList<>();
        quarantine(name, List.of(), all::add);
        return all;
    }

    /**
     * Removes rejected records for good.
     *
     * @param name its name
     * @param ids  which records, not empty; the number before the point alone, as {@code 12} of {@code 12.3}, is all of a file,
     *             also of one that cannot be read
     * @return how many there were, as far as that can be told
     * @throws IllegalArgumentException if there is none of this name, or no such record, or none is named; nothing is removed
     * @throws IllegalStateException    if one of them is being replayed; nothing is removed
     * @throws IOException              if the quarantine cannot be read or written
     */
    long discard(String name, Collection<String> ids) throws IOException;

    /**
     * Removes all rejected records for good, also what cannot be read.
     *
     * @param name its name
     * @return how many there were, as far as that can be told
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IllegalStateException    if one of them is being replayed; nothing is removed
     * @throws IOException              if the quarantine cannot be read or written
     */
    long discardAll(String name) throws IOException;

    /**
     * Sends rejected records once more through the part that rejected them and what comes after it, no more at once than a batch
     * may have. One that arrives, or is rejected again and kept again under another id, leaves the quarantine under its old id. A
     * pipeline that has finished is started. What a source could not read has no fields and cannot be replayed; what is damaged is
     * passed over.
     *
     * @param name     its name
     * @param ids      which records; empty for all that can be replayed
     * @param deadline how long to wait
     * @return how many went through in time; the others are kept, and some of those may arrive later, or twice
     * @throws IllegalArgumentException if there is none of this name, or no such record, or one cannot be replayed
     * @throws IllegalStateException    if it is stopped
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if the quarantine cannot be read or written, a record that is named is damaged, or some were
     *     rejected again and there is no room to say so: those stay as they were
     */
    int replay(String name, List<String> ids, Duration deadline) throws InterruptedException, IOException;
}
