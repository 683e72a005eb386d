// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.time.Duration;

/**
 * How fast, and how many at once.
 *
 * @param batchSize most records of a batch
 * @param workers   batches that are processed at the same time
 * @param linger    how long a record waits for others to fill its batch
 * @param rateLimit most records a second; 0 for no limit
 */
public record Tempo(int batchSize, int workers, Duration linger, long rateLimit) {}
