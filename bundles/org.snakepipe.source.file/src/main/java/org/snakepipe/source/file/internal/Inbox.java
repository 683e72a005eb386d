// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The directory: which files there are, and whether that may have changed. Used by one thread. */
final class Inbox implements AutoCloseable {
    /** What the system's watch does not tell, such as a change on another machine, is seen within this time. */
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

    private final Path root;
    private final PathMatcher pattern;
    private final WatchService service;
    private final Map<Path, WatchKey> watched = new HashMap<>();
    private boolean rung = true;
    private long looked;

    Inbox(Path root, PathMatcher pattern, boolean watch) throws IOException {
        this.root = root;
        this.pattern = pattern;
        this.service = watch ? root.getFileSystem().newWatchService() : null;
    }

    Path root() {
        return root;
    }

    /** Whether it is time to look again. Waits for that, at the most so long. */
    boolean isDue(Duration wait) throws InterruptedException {
        if (!rung && service == null) {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } else if (!rung) {
            WatchKey key = wait.isZero() ? service.poll() : service.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            while (key != null) {
                rung = true;
                key.pollEvents();
                key.reset();
                key = service.poll();
            }
        }
        return rung || System.nanoTime() - looked > LOOK_NANOS;
    }

    /** All files that match, by their paths with {@code /}, sorted. */
    Map<String, FileStamp> files() throws IOException {
        rung = false;
        looked = System.nanoTime();
        Map<String, FileStamp> files = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            throw new IOException("the directory " + root + " is not there at the moment");
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!directory.equals(root) && isPassedOver(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                watch(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = root.relativize(file);
                if (Files.isRegularFile(file) && !isPassedOver(file) && pattern.matches(relative)) {
                    add(files, file, relative);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        watched.entrySet().removeIf(entry -> !entry.getValue().isValid());
        return files;
    }

    private static void add(Map<String, FileStamp> files, Path file, Path relative) {
        try {
            files.put(relative.toString().replace('\\', '/'), FileStamp.of(file));
        } catch (IOException e) {
            // Gone since it was listed.
            return;
        }
    }

    private void watch(Path directory) throws IOException {
        if (service != null && !watched.containsKey(directory)) {
            watched.put(
                    directory,
                    directory.register(
                            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY));
        }
    }

    private static boolean isPassedOver(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part");
    }

    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
        }
    }
}
