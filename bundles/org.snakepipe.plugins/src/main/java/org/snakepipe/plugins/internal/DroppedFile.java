// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.nio.file.Path;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.PluginRejected;

/**
 * A file as people know it, to say what is wrong with it.
 *
 * @param name its name in {@code deploy/}; the absolute path of one that lies elsewhere
 */
public record DroppedFile(String name) {
    private static final String DIRECTORY = "deploy/";

    /**
     * Says what is wrong with the file.
     *
     * @param code    stable, begins with {@code plugin.}
     * @param message one sentence without the file: what was found, what is allowed, how to mend it
     * @param cause   what happened, or {@code null}
     * @return to be thrown
     */
    public PluginRejected rejected(String code, String message, Throwable cause) {
        Problem problem = Problem.error(code, message)
                .at(new Origin("plugin", toString(), 0, 0))
                .build();
        return new PluginRejected(problem, cause);
    }

    /** The path people know: {@code deploy/x.jar}, or the whole path. */
    @Override
    public String toString() {
        return Path.of(name).isAbsolute() ? name : DIRECTORY + name;
    }
}
