// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

/** The component runtime gave nothing: a constructor failed, and the runtime keeps the reason. */
public final class ConstructorException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** For people who see no more than this. */
    public ConstructorException() {
        super("its constructor failed: the log has the details");
    }
}
