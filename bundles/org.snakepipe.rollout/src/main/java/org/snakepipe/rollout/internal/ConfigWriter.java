// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.FileContent;

/**
 * Writes configuration files, and jars, for those who change them by a command: each is renamed into place, so
 * that nobody sees half of one, and forced to the disk before it is reported as written. What was before is in the journal, and
 * counts should the machine fail in between. Used by one thread.
 */
final class ConfigWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWriter.class);

    private final ConfigPlaces places;

    /**
     * For three directories.
     *
     * @param config    what people edit
     * @param overrides what is set at run time
     * @param deploy    what plugins are dropped into
     */
    ConfigWriter(Path config, Path overrides, Path deploy) {
        places = new ConfigPlaces(config, overrides, deploy);
    }

    /**
     * What a file is now.
     *
     * @return its content; empty when there is none
     * @throws IOException if the path leads elsewhere, or it cannot be read; the message is for people
     */
    Optional<FileContent> read(String path) throws IOException {
        try {
            Path file = places.file(path);
            return Optional.of(Digests.content(readable(path, file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The system does not name what it could not read. */
    private static byte[] readable(String path, Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            String why = Files.isDirectory(file)
                    ? "it is a directory (allowed: a file, as base/snakepipe.pipeline~demo.cfg)"
                    : reason(e);
            throw new IOException(Disk.shown(path) + " cannot be read: " + why, e);
        }
    }

    /** What files are now. */
    Map<String, Optional<FileContent>> read(Iterable<String> paths) throws IOException {
        Map<String, Optional<FileContent>> now = new TreeMap<>();
        for (String path : paths) {
            now.put(path, read(path));
        }
        return now;
    }

    /** Something that has been written, and may be lost should the machine fail now. */
    interface Written {
        /**
         * Forces it to the disk.
         *
         * @throws IOException if it cannot be; the message names the file, and is for people
         */
        void force() throws IOException;
    }

    /**
     * Writes and deletes. Everything is written beside first: when one cannot be, nothing has become another yet. What was
     * renamed before one could not be stays so.
     *
     * @throws IOException if one cannot be written; the message names it, and is for people
     */
    Written write(Map<String, Optional<FileContent>> files) throws IOException {
        Map<String, Replacement> written = new TreeMap<>();
        // Each directory once: the watch sees a change that takes long before it is known to have come up.
        Map<Path, String> directories = new TreeMap<>();
        try {
            for (Map.Entry<String, Optional<FileContent>> file : files.entrySet()) {
                String path = file.getKey();
                if (file.getValue().isPresent()) {
                    Path place = places.toWrite(path);
                    byte[] bytes = file.getValue().get().bytes();
                    written.put(path, named(path, () -> Replacement.of(place, bytes, Disk.isOverride(path))));
                }
            }
            for (Map.Entry<String, Replacement> one : written.entrySet()) {
                directories.put(named(one.getKey(), one.getValue()::take), one.getKey());
            }
        } finally {
            written.values().forEach(Replacement::forget);
        }
        for (Map.Entry<String, Optional<FileContent>> file : files.entrySet()) {
            if (file.getValue().isEmpty()) {
                named(file.getKey(), () -> delete(file.getKey()))
                        .ifPresent(directory -> directories.put(directory, file.getKey()));
            }
        }
        return () -> force(written, directories);
    }

    private static void force(Map<String, Replacement> written, Map<Path, String> directories) throws IOException {
        for (Map.Entry<String, Replacement> one : written.entrySet()) {
            try {
                one.getValue().force();
            } catch (IOException e) {
                throw named(one.getKey(), e);
            }
        }
        for (Map.Entry<Path, String> directory : directories.entrySet()) {
            try {
                if (Files.isDirectory(directory.getKey())) {
                    Replacement.force(directory.getKey());
                }
            } catch (IOException e) {
                throw named(directory.getValue(), e);
            }
        }
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    private static <T> T named(String path, Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (IOException e) {
            throw named(path, e);
        }
    }

    /** The system names what it could not do by a file beside, if at all. */
    private static IOException named(String path, IOException e) {
        return new IOException(Disk.shown(path) + " cannot be written: " + reason(e), e);
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    /**
     * Files become again what they were, each whatever becomes of the others. What is so already is not touched: where it lies may
     * be what could not be written.
     *
     * @param before path to what it was; empty when it was not there
     * @return path to the reason of those that could not be put back, for people
     */
    Map<String, String> putBack(Map<String, Optional<FileContent>> before) {
        Map<String, String> failed = new TreeMap<>();
        before.forEach((path, content) -> {
            try {
                if (!read(path).equals(content)) {
                    write(Map.of(path, content)).force();
                }
            } catch (IOException e) {
                failed.put(path, e.getMessage());
            }
        });
        return failed;
    }

    /** Deletes what a process that was killed while it wrote left beside files; nobody reads it. */
    void clean(Iterable<String> paths) {
        for (String path : paths) {
            try {
                Replacement.clean(places.entry(path));
                Replacement.clean(places.file(path));
            } catch (IOException e) {
                LOG.debug("There is nothing beside {} that could be deleted", path, e);
            }
        }
    }

    /** Of a link the link: what it leads to may be somebody else's too. Gives the directory, if it was there. */
    private Optional<Path> delete(String path) throws IOException {
        Path entry;
        try {
            entry = places.entry(path);
        } catch (NoSuchFileException e) {
            // Its directory is gone, and so is it.
            return Optional.empty();
        }
        return Files.deleteIfExists(entry) ? Optional.of(entry.getParent()) : Optional.empty();
    }
}
