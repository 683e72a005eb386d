// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.util.concurrent.Callable;
import org.snakepipe.api.config.ConfigId;

/**
 * A definition that is there, not yet constructed.
 *
 * @param id          of its configuration
 * @param fingerprint of its configuration; equal ones need not be opened anew
 * @param registration equal for as long as it is the same service: somebody else may write other values and leave the fingerprint
 * @param construct   gives the definition; foreign code runs in it, so it is called on a thread that can be left behind, and
 *                    once only: the framework runs a constructor that failed again at each call
 */
public record Part(ConfigId id, String fingerprint, Object registration, Callable<Object> construct) {}
