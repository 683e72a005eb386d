// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import org.snakepipe.engine.internal.part.OpenFailure;

/** A change of one pipeline that is prepared: everything is open, nothing is in force. One of the two methods is called, once. */
interface Prepared {
    /**
     * Brings it into force.
     *
     * @throws OpenFailure if the source, which is opened only now, does not open; then the pipeline does not run
     */
    void commit() throws OpenFailure, InterruptedException;

    /** Closes what was opened for it. */
    void discard();
}
