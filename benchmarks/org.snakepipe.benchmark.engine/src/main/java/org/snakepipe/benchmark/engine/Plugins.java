// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.lang.reflect.Constructor;
import org.snakepipe.api.testing.Configs;

/** Makes real plugins as SCR does: by their one public constructor, which takes the configuration. */
final class Plugins {
    private Plugins() {}

    static <P> P of(Class<P> plugin, Object... keyValues) {
        Constructor<?> constructor = plugin.getConstructors()[0];
        try {
            return plugin.cast(constructor.newInstance(Configs.of(constructor.getParameterTypes()[0], keyValues)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(plugin.getName() + " is not constructed", e);
        }
    }
}
