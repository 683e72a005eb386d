// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.util.List;

/**
 * Some records cannot be processed, however often they are tried. The engine does with them what the pipeline says under
 * {@code on.error}; all the other records of the same call count as done.
 */
public final class RejectedRecords extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Rejection> rejections;

    /**
     * Several records.
     *
     * @param rejections the records and their reasons, not empty
     */
    public RejectedRecords(List<Rejection> rejections) {
        super(rejections.size() + " rejected, the first: " + rejections.get(0).reason());
        this.rejections = List.copyOf(rejections);
    }

    /**
     * One record.
     *
     * @param record the record
     * @param reason one sentence for people
     */
    public RejectedRecords(Record record, String reason) {
        this(List.of(new Rejection(record, reason)));
    }

    /**
     * The records and their reasons.
     *
     * @return never empty
     */
    public List<Rejection> rejections() {
        return rejections;
    }
}
