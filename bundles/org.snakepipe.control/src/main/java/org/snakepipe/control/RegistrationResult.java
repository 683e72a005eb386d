// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of registering plugins, or of taking them away. Immutable.
 *
 * @param outcome     what came of it
 * @param generation  the generation in force afterwards
 * @param plugins     those that were asked for, as they are now; of those that went, as they were
 * @param along       jars that were taken along, as something that was asked for lacks them
 * @param explanation sentences for people: what changed, what is wrong, what would help
 * @param rolledBack  what was brought into force and taken back again, a line each; empty unless {@link Outcome#ROLLED_BACK}
 *                    or {@link Outcome#FAILED}
 * @param timings     how long each phase took, in order
 */
public record RegistrationResult(
        Outcome outcome,
        long generation,
        List<PluginInfo> plugins,
        List<PluginInfo> along,
        List<String> explanation,
        List<String> rolledBack,
        Map<String, Duration> timings) {
    /** What can come of it. */
    public enum Outcome {
        /** It is in force. */
        DONE,
        /** It lies in {@code deploy/}, and of what was asked for not everything is in use: {@code explanation} says why. */
        WAITING,
        /** There was nothing to do. */
        UNCHANGED,
        /** It is good, and waits for somebody to confirm it; nothing was touched. */
        PENDING,
        /** It was not tried; nothing was touched. */
        REJECTED,
        /** It was tried, something did not come up, and everything is as before: bundles, files and configuration. */
        ROLLED_BACK,
        /** It was tried, and going back did not work either: somebody must look. */
        FAILED
    }

    /** Copies the collections. */
    public RegistrationResult {
        Objects.requireNonNull(outcome, "outcome");
        plugins = List.copyOf(plugins);
        along = List.copyOf(along);
        explanation = List.copyOf(explanation);
        rolledBack = List.copyOf(rolledBack);
        timings = Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    }
}
