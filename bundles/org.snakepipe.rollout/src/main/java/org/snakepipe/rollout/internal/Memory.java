// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Clock;

/**
 * What is remembered over a restart.
 *
 * @param environment whose it is
 * @param store       last good and what was before
 * @param held        what is held
 * @param journal     what was under way
 * @param writer      writes configuration files
 * @param clock       the time
 * @param damage      what of it cannot be read
 */
record Memory(
        String environment,
        GenerationStore store,
        HeldStore held,
        Journal journal,
        ConfigWriter writer,
        Clock clock,
        Damage damage) {}
