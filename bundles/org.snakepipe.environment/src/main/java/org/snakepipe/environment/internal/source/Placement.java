// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/**
 * What one path of the configuration directory is for.
 *
 * @param role        what becomes of the file
 * @param environment the environment that the file makes known; {@code null} when it makes none known
 * @param place       where it stands; {@code null} unless it is read
 * @param problem     why it is not read; {@code null} unless it is {@link Role#MISPLACED}
 */
public record Placement(Role role, String environment, Place place, Problem problem) {
    /** What becomes of a file. */
    public enum Role {
        /** It holds configurations. */
        CONFIGURATION,
        /** It describes an environment. */
        DESCRIPTION,
        /** It lists the names of secrets. */
        SECRET_NAMES,
        /** It is for people or for other tools. */
        NOTE,
        /** It is not read, and somebody should know. */
        MISPLACED
    }

    static Placement note() {
        return new Placement(Role.NOTE, null, null, null);
    }

    static Placement misplaced(String path, String code, String reason) {
        Problem problem = Problem.warning(code, "the file is not read: " + reason)
                .at(new Origin("", path, 0, 0))
                .build();
        return new Placement(Role.MISPLACED, null, null, problem);
    }

    /** The same, and the environment is known by it. */
    Placement of(String name) {
        return new Placement(role, name, place, problem);
    }
}
