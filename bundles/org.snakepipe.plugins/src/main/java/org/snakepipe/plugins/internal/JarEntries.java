// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.snakepipe.control.PluginRejected;

/** Checks that what a jar holds may be unpacked: how much it is, what the entries are called, whether they are whole. */
final class JarEntries {
    static final int MOST_ENTRIES = 50_000;
    static final long MOST_BYTES = 1L << 30;

    /** How many times larger a jar may become; what is small unpacked is never a bomb. */
    private static final long MOST_GROWTH = 100;

    private static final long SMALL = 16L << 20;

    /** What is read into memory: manifest, signatures, component descriptions, Metatype. */
    private static final List<String> DESCRIPTIONS = List.of("META-INF/", "OSGI-INF/");

    static final long MOST_DESCRIPTION = 16L << 20;
    private static final String CODE = "plugin.zip";
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    private final DroppedFile file;
    private final JarFile jar;
    private final List<JarEntry> entries = new ArrayList<>();

    JarEntries(DroppedFile file, JarFile jar) {
        this.file = file;
        this.jar = jar;
    }

    /** Checks what the central directory says; nothing is unpacked. */
    List<JarEntry> check() throws PluginRejected {
        if (jar.size() > MOST_ENTRIES) {
            throw rejected("has " + jar.size() + " entries (allowed: " + MOST_ENTRIES + ")");
        }
        Set<String> names = new HashSet<>();
        long unpacked = 0;
        long packed = 0;
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            checkName(entry.getName());
            if (!entry.isDirectory() && !names.add(entry.getName())) {
                throw rejected("has two entries called '" + entry.getName() + "'; build it again");
            }
            checkDescription(entry);
            entries.add(entry);
            unpacked += entry.getSize();
            packed += entry.getCompressedSize();
        }
        checkGrowth(unpacked, packed);
        return entries;
    }

    /** Unpacks every entry into nothing and compares size and checksum with what the central directory says. */
    void read() throws PluginRejected {
        byte[] buffer = new byte[1 << 16];
        for (JarEntry entry : entries) {
            try {
                read(entry, buffer);
            } catch (IOException e) {
                throw file.rejected(
                        CODE,
                        "is damaged: entry '" + entry.getName() + "' cannot be read ("
                                + (e instanceof EOFException ? "it ends too early" : e.getMessage())
                                + "); copy it again",
                        e);
            }
        }
    }

    /** Stops as soon as an entry is larger than it says: what {@link #check} allowed is the most that is unpacked. */
    private void read(JarEntry entry, byte[] buffer) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = jar.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0 && size <= entry.getSize(); n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                size += n;
            }
        }
        if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw new ZipException("size or checksum differs from the central directory");
        }
    }

    private void checkName(String name) throws PluginRejected {
        boolean climbs = List.of(name.split("/", -1)).contains("..");
        boolean absolute = name.startsWith("/") || DRIVE.matcher(name).lookingAt();
        boolean odd = name.isEmpty() || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl);
        if (climbs || absolute || odd) {
            throw rejected("has an entry called '" + name.replaceAll("\\p{Cntrl}", "?")
                    + "' (allowed: relative names without '..', '\\' and control characters)");
        }
    }

    /** Code and resources are never read as a whole, these are: one that is too large would take the memory of what runs. */
    private void checkDescription(JarEntry entry) throws PluginRejected {
        String name = entry.getName().toUpperCase(Locale.ROOT);
        boolean described = DESCRIPTIONS.stream().anyMatch(name::startsWith) && !name.endsWith(".CLASS");
        if (described && entry.getSize() > MOST_DESCRIPTION) {
            throw rejected("has an entry '" + entry.getName() + "' of " + entry.getSize() + " bytes (allowed: "
                    + MOST_DESCRIPTION + " for a description); put data elsewhere in the jar");
        }
    }

    private void checkGrowth(long unpacked, long packed) throws PluginRejected {
        if (unpacked > MOST_BYTES) {
            throw rejected("has " + unpacked + " bytes when unpacked (allowed: " + MOST_BYTES + ")");
        }
        if (unpacked > SMALL && unpacked / MOST_GROWTH > packed) {
            throw rejected("grows from " + packed + " to " + unpacked + " bytes when unpacked (allowed: " + MOST_GROWTH
                    + " times as much)");
        }
    }

    private PluginRejected rejected(String message) {
        return file.rejected(CODE, message, null);
    }
}
