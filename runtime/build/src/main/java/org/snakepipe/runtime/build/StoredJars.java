// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars with their entries stored instead of compressed, in the same order, with the same names, times and content: what
 * is signed stays so. A start reads two thousand classes out of them, and inflating is a twentieth of its time; the archive of
 * the distribution is compressed as a whole.
 */
public final class StoredJars {
    private StoredJars() {}

    /**
     * Copies all jars below a directory.
     *
     * @param arguments the directory that is read, and the one that is written, with the same directories below it
     * @throws IOException if a jar cannot be read or written, the message names it; or if there is none
     */
    public static void main(String[] arguments) throws IOException {
        Path source = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        List<Path> jars = jars(source);
        if (jars.isEmpty()) {
            throw new IOException("no jar below " + source);
        }
        for (Path jar : jars) {
            Path stored = target.resolve(source.relativize(jar).toString());
            try {
                Files.createDirectories(stored.getParent());
                copy(jar, stored);
            } catch (IOException e) {
                throw new IOException(jar + " cannot be stored as " + stored + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static void copy(Path jar, Path stored) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(stored))) {
            out.setComment(in.getComment());
            for (ZipEntry entry : Collections.list(in.entries())) {
                ZipEntry copy = new ZipEntry(entry);
                copy.setMethod(ZipEntry.STORED);
                copy.setCompressedSize(entry.getSize());
                out.putNextEntry(copy);
                try (InputStream content = in.getInputStream(entry)) {
                    content.transferTo(out);
                }
                // Fails when size or checksum are not what the entry says.
                out.closeEntry();
            }
        }
    }
}
