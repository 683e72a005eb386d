// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The system's own bell for directories: rings within milliseconds, whatever happened. It is shown each directory before it
 * is listed, so there is no gap between the listing and the watch.
 */
final class DirectoryBell implements AutoCloseable {
    private static final WatchEvent.Kind<?>[] ALL = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    /** A limit that is reached is not asked about again for this long: asking costs, and answers the same. */
    private static final long REFUSED_NANOS = Duration.ofMinutes(1).toNanos();

    private record Watched(WatchKey key, Object device, Object inode) {}

    private final Runnable ring;
    private final LongSupplier clock;
    private final WatchService service;
    private final Map<Path, Watched> watched = new HashMap<>();
    private final Map<Path, Long> refused = new HashMap<>();
    private Set<Path> seen = new HashSet<>();
    private volatile int refusals;

    /** Begins to listen. @param ring called from a thread of the bell; returns at once */
    DirectoryBell(String name, Runnable ring, LongSupplier clock) throws IOException {
        this.ring = ring;
        this.clock = clock;
        service = FileSystems.getDefault().newWatchService();
        Thread thread = new Thread(this::listen, "watch-" + name + "-bell");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                ring.run();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watches a directory. One that was moved here keeps the watch of its old place, so the inode decides. */
    void see(Path directory, Map<String, Object> attributes) {
        seen.add(directory);
        Watched known = watched.get(directory);
        Object device = attributes.get("dev");
        Object inode = attributes.get("ino");
        if (known != null && known.key.isValid() && known.device.equals(device) && known.inode.equals(inode)) {
            return;
        }
        Long until = refused.get(directory);
        if (until != null && clock.getAsLong() - until < 0) {
            return;
        }
        try {
            watched.put(directory, new Watched(directory.register(service, ALL), device, inode));
            refused.remove(directory);
        } catch (NoSuchFileException | NotDirectoryException | ClosedWatchServiceException e) {
            seen.remove(directory);
        } catch (IOException e) {
            refused.put(directory, clock.getAsLong() + REFUSED_NANOS);
        }
    }

    /** Ends a listing: directories that it did not show are no longer watched. */
    void forgetUnseen() {
        Set<WatchKey> live = new HashSet<>();
        for (Path path : seen) {
            Watched known = watched.get(path);
            if (known != null) {
                live.add(known.key);
            }
        }
        watched.entrySet().removeIf(entry -> {
            if (seen.contains(entry.getKey())) {
                return false;
            }
            if (!live.contains(entry.getValue().key)) {
                entry.getValue().key.cancel();
            }
            return true;
        });
        refused.keySet().retainAll(seen);
        refusals = refused.size();
        seen = new HashSet<>();
    }

    /** How many directories the system refuses to watch. */
    int refusals() {
        return refusals;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
