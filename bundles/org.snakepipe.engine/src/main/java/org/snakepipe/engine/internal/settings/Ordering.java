// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

/** Which records keep their order. In lower case the values of the key {@code ordering}. */
public enum Ordering {
    /** None: any worker takes the next batch. */
    NONE,
    /** Those with the same key: each key belongs to one worker. */
    KEY,
    /** All: one worker, one batch at a time. */
    STRICT
}
