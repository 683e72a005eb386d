// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

/** How a pipeline is. */
public enum PipelineState {
    /** It is known, and nothing has been decided about it yet. */
    CONFIGURED,
    /** Something it needs is not there; it starts by itself when it comes. */
    WAITING,
    /** It is being opened. */
    STARTING,
    /** Records flow, or would if there were any. */
    RUNNING,
    /** It runs, and nothing is read at the moment because what is on its way is full. */
    BACKPRESSURED,
    /** Somebody said that nothing is to be read; everything stays open, and what was read arrives. */
    PAUSED,
    /** It lets what is on its way arrive, and stops then. */
    DRAINING,
    /** Somebody stopped it, or {@code enabled} is {@code false}. */
    STOPPED,
    /** A finite source was read to its end and everything has arrived. */
    FINISHED,
    /** It cannot go on by itself, or tries again later; see the detail. */
    FAILED
}
