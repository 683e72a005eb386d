// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.Serial;

/** Somebody named an environment, a configuration, a key or a PID that is not there. The message says which there are. */
public final class UnknownNameException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownNameException(String message) {
        super(message);
    }
}
