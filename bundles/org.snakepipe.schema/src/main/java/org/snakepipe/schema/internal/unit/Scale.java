// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.unit;

import java.util.List;
import org.snakepipe.api.config.Unit.Measure;

/**
 * One unit that may follow a number.
 *
 * @param name   as it is written
 * @param factor how many of the least unit it is: nanoseconds, or bytes
 */
record Scale(String name, long factor) {
    /** Nanoseconds of a second. */
    static final long SECOND = 1_000_000_000L;

    /** Units of time, the greatest first. */
    static final List<Scale> TIME = List.of(
            new Scale("d", 86_400 * SECOND),
            new Scale("h", 3_600 * SECOND),
            new Scale("m", 60 * SECOND),
            new Scale("s", SECOND),
            new Scale("ms", 1_000_000),
            new Scale("us", 1_000),
            new Scale("ns", 1));

    /** Units of bytes, the greatest first. */
    static final List<Scale> BYTES = List.of(
            new Scale("PiB", 1L << 50),
            new Scale("PB", 1_000_000_000_000_000L),
            new Scale("TiB", 1L << 40),
            new Scale("TB", 1_000_000_000_000L),
            new Scale("GiB", 1L << 30),
            new Scale("GB", 1_000_000_000),
            new Scale("MiB", 1L << 20),
            new Scale("MB", 1_000_000),
            new Scale("KiB", 1L << 10),
            new Scale("kB", 1_000),
            new Scale("B", 1));

    static List<Scale> of(Measure measure) {
        return measure == Measure.bytes ? BYTES : TIME;
    }

    static Scale named(List<Scale> scales, String name) {
        for (Scale scale : scales) {
            if (scale.name.equals(name)) {
                return scale;
            }
        }
        return null;
    }
}
