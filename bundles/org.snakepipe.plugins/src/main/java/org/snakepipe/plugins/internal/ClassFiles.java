// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.snakepipe.control.PluginRejected;

/** Reads for which Java the classes of a jar were compiled. */
final class ClassFiles {
    private static final int MAGIC = 0xCAFEBABE;

    /** Class file version 45 was Java 1; since then one more for each Java. */
    private static final int BEFORE_JAVA_1 = 44;

    private final int java;

    /**
     * For one Java.
     *
     * @param java the feature version of the running one: 17
     */
    ClassFiles(int java) {
        this.java = java;
    }

    /** Checks that this Java can load every class; those for other versions, in META-INF/versions, do not count. */
    void check(DroppedFile file, JarFile jar, List<JarEntry> entries) throws PluginRejected, IOException {
        int highest = 0;
        for (JarEntry entry : entries) {
            if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/versions/")) {
                highest = Math.max(highest, javaOf(file, jar, entry));
            }
        }
        if (highest > java) {
            throw file.rejected("plugin.java", "needs Java " + highest + "; this is Java " + java, null);
        }
    }

    private static int javaOf(DroppedFile file, JarFile jar, JarEntry entry) throws PluginRejected, IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            if (in.readInt() == MAGIC) {
                in.readUnsignedShort();
                return in.readUnsignedShort() - BEFORE_JAVA_1;
            }
            throw notAClass(file, entry, null);
        } catch (EOFException e) {
            throw notAClass(file, entry, e);
        }
    }

    private static PluginRejected notAClass(DroppedFile file, JarEntry entry, EOFException cause) {
        return file.rejected(
                "plugin.zip", "is damaged: entry '" + entry.getName() + "' is no class; build it again", cause);
    }
}
