// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.SecretProvider;

/**
 * Secrets in directories of files, as Docker and Kubernetes mount them: the name of the file is the name of the secret. Files
 * are read when somebody asks. Whoever asks also begins the watch: what changes after the first answer is told.
 */
public final class SecretFiles implements SecretProvider, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFiles.class);

    private final SecretDirectories directories;
    private final SecretWatch watch;
    private boolean begun;

    /**
     * Does nothing yet.
     *
     * @param changed called from a thread of the watch, when files have changed and settled
     */
    public SecretFiles(SecretDirectories directories, Pace pace, Runnable changed) {
        this.directories = directories;
        this.watch = new SecretWatch(directories.paths(), pace, changed);
    }

    @Override
    public String name() {
        return directories.paths().isEmpty()
                ? "files (no directory)"
                : directories.paths().stream().map(Path::toString).collect(Collectors.joining(", ", "files in ", ""));
    }

    @Override
    public Optional<String> secret(String name) throws IOException {
        begin();
        if (!SecretName.isFile(name)) {
            return Optional.empty();
        }
        for (Path directory : directories.paths()) {
            Optional<String> value = counts(directory) ? SecretFile.text(directory.resolve(name)) : Optional.empty();
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** The usual directory may belong to somebody else: that hinders nobody who has secrets elsewhere. */
    private boolean counts(Path directory) {
        return directories.named() || Files.isExecutable(directory);
    }

    @Override
    public Collection<String> names() {
        begin();
        Set<String> names = new TreeSet<>();
        for (Path directory : directories.paths()) {
            try {
                list(directory).forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException e) {
                LOG.debug("{} cannot be listed", directory, e);
            }
        }
        return List.copyOf(names);
    }

    /** The files that may be secrets. */
    static List<Path> list(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory, entry -> SecretName.isFile(entry.getFileName().toString()) && !Files.isDirectory(entry))) {
            List<Path> files = new ArrayList<>();
            entries.forEach(files::add);
            return files;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private synchronized void begin() {
        if (begun) {
            return;
        }
        begun = true;
        watch.begin();
        for (Path directory : directories.paths()) {
            if (directories.named() && !Files.isDirectory(directory)) {
                LOG.warn(
                        "{} names {}, which is no directory: there are no secrets until it is one",
                        SecretDirectories.VARIABLE,
                        directory);
            }
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
