// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Problem;

/**
 * What nobody should throw and somebody does, as a problem. Its message may hold values of others, and so is only in the log.
 */
final class Unexpected {
    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);
    private static final String CODE = "rollout.unexpected";

    private Unexpected() {}

    /** What comes of it. @param what of the work, for people */
    static Problem error(String what, Throwable thrown) {
        return Problem.error(CODE, told(what, thrown)).build();
    }

    /** The same of something that stays in force. */
    static Problem warning(String what, Throwable thrown) {
        return Problem.warning(CODE, told(what, thrown)).build();
    }

    private static String told(String what, Throwable thrown) {
        LOG.error("{}", what, thrown);
        return what + " (" + thrown.getClass().getName()
                + "): a mistake in Snake Pipe, or in what it stands on; the log has where it was thrown, please report it";
    }
}
