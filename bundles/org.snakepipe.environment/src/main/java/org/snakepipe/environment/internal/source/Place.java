// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/**
 * Where one file stands.
 *
 * @param path  relative to the configuration directory, with {@code /}
 * @param layer the name of its layer for people
 * @param id    what it configures; {@code null} for a file that describes an environment
 */
public record Place(String path, String layer, ConfigId id) {
    /** Name of the file that describes an environment. */
    public static final String DESCRIPTION_FILE = "environment.cfg";
    /** Shared values for words, which are no configuration of anything. */
    public static final ConfigId PROPERTIES = new ConfigId("properties", "");

    public Origin at(int line, int column) {
        return new Origin(layer, path, line, column);
    }

    public Problem error(String code, String message, int line, int column) {
        return Problem.error(code, message).id(id).at(at(line, column)).build();
    }
}
