// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.FileContent;

/**
 * Writes configuration files, and jars, for those who change them by a command: each is forced to the disk and renamed into
 * place, so that nobody sees half of one, and what is reported as written is so after a crash too. What was before is in the
 * journal. Used by one thread.
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
            return Optional.of(Digests.content(Files.readAllBytes(places.file(path))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
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

    /**
     * Writes and deletes. Everything is written beside first: when one cannot be, nothing has become another yet. What was
     * renamed before one could not be stays so.
     */
    void write(Map<String, Optional<FileContent>> files) throws IOException {
        List<Replacement> written = new ArrayList<>();
        try {
            for (Map.Entry<String, Optional<FileContent>> file : files.entrySet()) {
                if (file.getValue().isPresent()) {
                    Path place = places.toWrite(file.getKey());
                    written.add(Replacement.of(place, file.getValue().get().bytes()));
                }
            }
            // Each directory once: the watch sees a change that takes long before it is known to have come up.
            Set<Path> directories = new TreeSet<>();
            for (Replacement one : written) {
                directories.add(one.take());
            }
            for (Path directory : directories) {
                Replacement.force(directory);
            }
        } finally {
            written.forEach(Replacement::forget);
        }
        for (Map.Entry<String, Optional<FileContent>> file : files.entrySet()) {
            if (file.getValue().isEmpty()) {
                delete(file.getKey());
            }
        }
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

    /** Of a link the link: what it leads to may be somebody else's too. */
    private void delete(String path) throws IOException {
        try {
            Path entry = places.entry(path);
            if (Files.deleteIfExists(entry)) {
                Replacement.force(entry.getParent());
            }
        } catch (NoSuchFileException e) {
            // Its directory is gone, and so is it.
            return;
        }
    }
}
