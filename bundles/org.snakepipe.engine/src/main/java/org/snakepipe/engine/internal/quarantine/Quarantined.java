// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.time.Instant;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;

/**
 * A rejected record that is kept.
 *
 * @param id     names it within its pipeline: {@code 12.3}
 * @param time   when it was rejected
 * @param by     the source, transform or sink that rejected it
 * @param reason a sentence for people
 * @param record as it came to the one who rejected it, with its original bytes if they were known
 */
public record Quarantined(String id, Instant time, ConfigId by, String reason, Record record) {}
