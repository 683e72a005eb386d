// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.time.Duration;

/**
 * How often the watch looks, and when it believes what it sees.
 *
 * @param sweep  it looks at the latest after this time, for what the system does not tell: a change behind a link
 * @param quiet  content that was the same for so long has settled
 * @param latest content that never settles is told after so long
 */
public record Pace(Duration sweep, Duration quiet, Duration latest) {
    /** A file that is written in place is first empty, then grows: half a second outlasts that. */
    public static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(5));
}
