// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

/** Which records keep their order. In lower case the values of the key {@code ordering}. */
public enum Ordering {
    /** By key when a sink has a key, else none. */
    AUTO,
    /** None: any worker takes the next batch. */
    NONE,
    /** Those with the same key: each key belongs to one worker. */
    KEY,
    /** All: one worker, one batch at a time. */
    STRICT;

    /**
     * What it comes to.
     *
     * @param keyed whether a sink has a key
     * @return never {@link #AUTO}
     */
    public Ordering resolve(boolean keyed) {
        if (this != AUTO) {
            return this;
        }
        return keyed ? KEY : NONE;
    }
}
