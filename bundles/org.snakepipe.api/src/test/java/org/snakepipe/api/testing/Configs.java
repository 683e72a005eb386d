// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.testing;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Configurations as the runtime hands them to constructors: the values that are given, and the defaults of the annotation. */
public final class Configs {
    private Configs() {}

    /**
     * A configuration.
     *
     * @param <C>       the type
     * @param type      the annotation type of the configuration
     * @param keyValues keys as in a file, with dots, each followed by its typed value
     * @return the configuration
     */
    public static <C> C of(Class<C> type, Object... keyValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keyValues.length; i += 2) {
            values.put(((String) keyValues[i]).replace('.', '_'), keyValues[i + 1]);
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
                    if (value == null && !values.containsKey(method.getName())) {
                        throw new AssertionError(type.getSimpleName() + " needs a value for " + method.getName());
                    }
                    return value;
                }));
    }

    /**
     * Several texts.
     *
     * @param texts the elements
     * @return them
     */
    public static String[] texts(String... texts) {
        return texts;
    }
}
