// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How one pipeline is at this moment. Immutable. Counts are of records read from the source unless said otherwise.
 *
 * @param name         its name, {@code demo} for {@code snakepipe.pipeline~demo}
 * @param state        how it is
 * @param detail       what it waits for, why it failed and when it tries again; empty when there is nothing to say
 * @param since        since when it is in this state
 * @param source       id of the source
 * @param transforms   ids of the transforms, in order
 * @param sinks        ids of the required sinks, in order
 * @param total        records acknowledged since the pipeline was first started or reset, over restarts
 * @param recent       records acknowledged since this process started
 * @param written      records written to required sinks since this process started; more or fewer than read when transforms explode
 *                     or drop
 * @param rejected     records rejected since this process started
 * @param inFlight     records read and not yet acknowledged
 * @param perSecond    records acknowledged a second, over the last seconds
 * @param lastError    the last thing that went wrong; empty when nothing did
 * @param gauges       what moves from moment to moment
 * @param bestEffort   the sinks that never hold it, in order
 * @param ordering     which records keep their order, and why when nobody has said so: {@code key (auto: snakepipe.sink.jdbc~a
 *                     has a key)}; empty before it is known
 */
public record PipelineStatus(
        String name,
        PipelineState state,
        String detail,
        Instant since,
        String source,
        List<String> transforms,
        List<String> sinks,
        long total,
        long recent,
        long written,
        long rejected,
        long inFlight,
        double perSecond,
        String lastError,
        PipelineGauges gauges,
        List<BestEffortSink> bestEffort,
        String ordering) {
    /** Copies the lists. */
    public PipelineStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(source, "source");
        transforms = List.copyOf(transforms);
        sinks = List.copyOf(sinks);
        Objects.requireNonNull(lastError, "lastError");
        Objects.requireNonNull(gauges, "gauges");
        bestEffort = List.copyOf(bestEffort);
        Objects.requireNonNull(ordering, "ordering");
    }
}
