// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/**
 * Where one file stands.
 *
 * @param path   relative to the configuration directory, with {@code /}
 * @param layer  the name of its layer for people
 * @param id     what it configures; {@code null} for a file that describes an environment or holds several configurations
 * @param format how it is written
 * @param flat   {@code true} for {@code NAME.yaml} beside the directories, which may describe its environment too
 */
public record Place(String path, String layer, ConfigId id, Format format, boolean flat) {
    /** Name of the file that describes an environment. */
    public static final String DESCRIPTION_FILE = "environment.cfg";
    /** The key that describes an environment in a flat file. */
    public static final String DESCRIPTION_KEY = "environment";
    /** Shared values for words, which are no configuration of anything. */
    public static final ConfigId PROPERTIES = new ConfigId("properties", "");

    /** A {@code .cfg} file in a directory. */
    public Place(String path, String layer, ConfigId id) {
        this(path, layer, id, Format.CFG, false);
    }

    public Origin at(int line, int column) {
        return new Origin(layer, path, line, column);
    }

    public Problem error(String code, String message, int line, int column) {
        return Problem.error(code, message).id(id).at(at(line, column)).build();
    }
}
