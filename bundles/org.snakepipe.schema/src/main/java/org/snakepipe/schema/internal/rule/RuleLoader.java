// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.rule;

import java.io.IOException;
import org.snakepipe.api.config.ConfigRule;
import org.snakepipe.schema.RuleSource;

/**
 * Loads classes of a bundle without installing it. They see each other, the API and {@code java.*}, and nothing else: what
 * works offline, where there is no framework, is what works here.
 */
final class RuleLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final ClassLoader API = new Api();

    private final RuleSource.Entries entries;

    RuleLoader(RuleSource.Entries entries) {
        super("snakepipe rules", API);
        this.entries = entries;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = entries.read(name.replace('.', '/') + ".class")
                    .orElseThrow(() -> new ClassNotFoundException(
                            name + " (allowed: classes of the bundle itself, java.*, and the API of Snake Pipe)"));
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The classes that there are everywhere. */
    private static final class Api extends ClassLoader {
        private static final String PACKAGES = "org.snakepipe.api.";

        private Api() {
            super("snakepipe api", null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.")) {
                return getPlatformClassLoader().loadClass(name);
            }
            if (name.startsWith(PACKAGES)) {
                return ConfigRule.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
