// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings when something happens in a directory; Kubernetes swaps its link {@code ..data} there. Where the system refuses, it
 * does not ring, and the sweep has to do. Waited for by one thread, closed from any.
 */
final class SecretBell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretBell.class);

    private static final WatchEvent.Kind<?>[] ALL = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    /** A storm of events is one ring in this time. */
    private static final long COALESCE_MILLIS = 50;

    /** Makes the service of the system. */
    interface Opener {
        /** Opens it, or says why not. */
        WatchService open() throws IOException;
    }

    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean refused;

    SecretBell(Opener opener) {
        this.service = open(opener);
    }

    /** The bell of the system that the process runs on. */
    static SecretBell ofSystem() {
        return new SecretBell(() -> FileSystems.getDefault().newWatchService());
    }

    private WatchService open(Opener opener) {
        try {
            return opener.open();
        } catch (IOException e) {
            refuse("fs.inotify.max_user_instances", e);
            return null;
        }
    }

    private void refuse(String limit, IOException e) {
        if (!refused) {
            refused = true;
            LOG.warn("Changes of secrets are noticed within seconds, not at once. Raise {}", limit, e);
        }
    }

    /** Listens to the directories that are there. Asked for again each time: one may have been replaced by another. */
    void listenTo(List<Path> directories) {
        if (service == null) {
            return;
        }
        for (Path directory : directories) {
            try {
                WatchKey key = directory.register(service, ALL);
                WatchKey before = keys.put(directory, key);
                if (before != null && !before.equals(key) && !keys.containsValue(before)) {
                    before.cancel();
                }
            } catch (NoSuchFileException | NotDirectoryException | ClosedWatchServiceException e) {
                keys.remove(directory);
            } catch (IOException e) {
                refuse("fs.inotify.max_user_watches", e);
            }
        }
    }

    /** Waits until it rings, at the longest so many nanoseconds. @return {@code false} when it is closed */
    boolean await(long nanos) throws InterruptedException {
        if (service == null) {
            return !closed.await(nanos, TimeUnit.NANOSECONDS);
        }
        try {
            WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
            if (key != null && closed.await(COALESCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            for (; key != null; key = service.poll()) {
                key.pollEvents();
                key.reset();
            }
            return closed.getCount() > 0;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            LOG.debug("The watch service of secrets did not close", e);
        }
    }
}
