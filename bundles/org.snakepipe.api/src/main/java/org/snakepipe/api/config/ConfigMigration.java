// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a newer version of a plugin makes of configurations that were good with an older one, as when a key has another name. A
 * public class with a public constructor without parameters, named by {@code migrations} of the annotation
 * {@code org.snakepipe.api.plugin.Plugin}; it is asked about the configurations of that plugin.
 *
 * <p>It is asked at a start, about what was in force when all was well, if that was with an older version: so that there is
 * something to go on with when the files that people edit still speak of what there is no more. Those are not touched: they are
 * reported, and whoever owns them mends them.
 *
 * <p>It has no state, opens nothing, and returns at once. One object is made for each question, on a thread of its own, which is
 * given up, and interrupted, when it takes too long.
 */
@ConsumerType
@FunctionalInterface
public interface ConfigMigration {
    /**
     * Gives the edits. Asked about each file that says something of a configuration, one after the other: a key may be in
     * another one, so that nothing may be made of its absence.
     *
     * @param id     the configuration
     * @param values key to value as it is written in the file: a {@link String}, or the typed value of a typed format (a number,
     *               a Boolean, a {@link java.util.List} of these), or {@link Deferred}. Not modifiable
     * @param from   version of the plugin that the values were good with, {@code 0.0.0} when nobody has written it down
     * @return key to the edit of it, for keys of {@code values}; empty when all is as it should be, never {@code null}. A key
     *     that begins with a dot is not edited
     */
    Map<String, Fix> migrate(ConfigId id, Map<String, Object> values, String from);
}
