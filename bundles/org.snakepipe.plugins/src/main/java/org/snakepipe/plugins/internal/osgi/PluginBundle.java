// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import org.osgi.framework.Bundle;
import org.snakepipe.plugins.internal.DroppedFile;

/**
 * A dropped jar that is installed. Immutable.
 *
 * @param bundle the bundle
 * @param digest SHA-256 of the jar
 * @param file   what people call it
 */
record PluginBundle(Bundle bundle, String digest, DroppedFile file) {
    /** Symbolic name, version and file: {@code org.example.sink 1.2.0 (deploy/sink.jar)}. */
    @Override
    public String toString() {
        return bundle.getSymbolicName() + " " + bundle.getVersion() + " (" + file + ")";
    }
}
