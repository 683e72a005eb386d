// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarFile;

/**
 * Reads schemas from Metatype documents without loading a class. Without state; from any thread.
 *
 * <p>Source: OSGi Compendium 8, 105.8.
 */
public final class MetatypeReader {
    private MetatypeReader() {}

    /**
     * Reads one document.
     *
     * @param metatypeXml the document; read to its end, not closed
     * @param source      what to call the document in a message
     * @return one schema for each {@code Designate}, in their order
     * @throws MetatypeException if the document cannot be read or is not Metatype
     */
    public static List<Schema> read(InputStream metatypeXml, String source) throws MetatypeException {
        return List.of();
    }

    /**
     * Reads all documents of a jar: {@code OSGI-INF/metatype/*.xml}.
     *
     * @param jar the jar; not closed
     * @return its schemas, sorted by the names of the documents
     * @throws MetatypeException if one of the documents cannot be read or is not Metatype
     * @throws IOException       if the jar cannot be read
     */
    public static List<Schema> readJar(JarFile jar) throws MetatypeException, IOException {
        return List.of();
    }
}
