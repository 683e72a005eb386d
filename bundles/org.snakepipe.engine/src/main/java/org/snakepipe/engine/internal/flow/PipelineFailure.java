// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

/** The pipeline cannot go on by itself. */
final class PipelineFailure extends Exception {
    private static final long serialVersionUID = 1L;

    PipelineFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
