// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.snakepipe.schema.internal.metatype.MetatypeDocument;

/**
 * Reads schemas from Metatype documents without loading a class. Without state; from any thread.
 *
 * <p>Source: OSGi Compendium 8, 105.8.
 */
public final class MetatypeReader {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern DOCUMENT = Pattern.compile("OSGI-INF/metatype/[^/]+\\.xml");
    private static final String PARSER_REASON = "Message: ";

    private MetatypeReader() {}

    /**
     * Reads one document.
     *
     * @param metatypeXml the document; read to its end, not closed
     * @param source      what to call the document in a message
     * @return one schema for each {@code Designate}, in their order; at most one per PID
     * @throws MetatypeException if the document cannot be read or is not Metatype
     */
    public static List<Schema> read(InputStream metatypeXml, String source) throws MetatypeException {
        try {
            byte[] document = metatypeXml.readNBytes(MAX_BYTES + 1);
            if (document.length > MAX_BYTES) {
                throw new MetatypeException(source + ": the document has more than " + MAX_BYTES + " bytes");
            }
            return unique(MetatypeDocument.read(document), source);
        } catch (XMLStreamException e) {
            throw new MetatypeException(source + ":" + line(e) + ": " + reason(e), e);
        } catch (StackOverflowError e) {
            throw new MetatypeException(source + ":1: is nested too deeply", e);
        } catch (IOException e) {
            throw new MetatypeException(source + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads all documents of a jar: {@code OSGI-INF/metatype/*.xml}.
     *
     * @param jar the jar; not closed
     * @return its schemas, sorted by the names of the documents; at most one per PID
     * @throws MetatypeException if one of the documents cannot be read or is not Metatype
     * @throws IOException       if the jar cannot be read
     */
    public static List<Schema> readJar(JarFile jar) throws MetatypeException, IOException {
        List<String> names = jar.stream()
                .map(JarEntry::getName)
                .filter(name -> DOCUMENT.matcher(name).matches())
                .sorted()
                .toList();
        String jarName = Path.of(jar.getName()).getFileName().toString();
        List<Schema> schemas = new ArrayList<>();
        for (String name : names) {
            try (InputStream document = jar.getInputStream(jar.getEntry(name))) {
                schemas.addAll(read(document, jarName + "!/" + name));
            }
        }
        return unique(schemas, jarName);
    }

    private static List<Schema> unique(List<Schema> schemas, String source) throws MetatypeException {
        Set<String> pids = new HashSet<>();
        for (Schema schema : schemas) {
            if (!pids.add(schema.pid())) {
                throw new MetatypeException(source + ": " + schema.pid() + " is designated twice (allowed: once)");
            }
        }
        return List.copyOf(schemas);
    }

    private static int line(XMLStreamException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
    }

    /** What the parser says after the place that is named already. */
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf(PARSER_REASON);
        return start < 0 ? message : message.substring(start + PARSER_REASON.length());
    }
}
