// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal.osgi;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.fileinstall.ArtifactInstaller;

/**
 * Claims every file below our directories, so that FileInstall's own handlers never see one, and does nothing but ring.
 * FileInstall's callbacks are incomplete and sometimes of the wrong kind, so each means only: look again. Nothing may be thrown
 * here: an exception from {@code canHandle} loses FileInstall's whole scan.
 */
final class FileInstallBell implements ArtifactInstaller {
    private final Map<Path, Runnable> rings = new ConcurrentHashMap<>();
    private final List<Path> claimed;

    /**
     * A claim.
     *
     * @param claimed real paths of directories whose files are nobody's
     */
    FileInstallBell(List<Path> claimed) {
        this.claimed = List.copyOf(claimed);
    }

    /**
     * Claims a directory, before FileInstall is told to watch it. It stays claimed: nobody knows when FileInstall has left it.
     *
     * @param directory real path
     * @param ring      what to ring
     */
    void claim(Path directory, Runnable ring) {
        rings.put(directory, ring);
    }

    @Override
    public boolean canHandle(File file) {
        Path path = file.toPath().toAbsolutePath().normalize();
        return claimed.stream().anyMatch(path::startsWith)
                || rings.keySet().stream().anyMatch(path::startsWith);
    }

    @Override
    public void install(File file) {
        ring(file);
    }

    @Override
    public void update(File file) {
        ring(file);
    }

    @Override
    public void uninstall(File file) {
        ring(file);
    }

    private void ring(File file) {
        Path path = file.toPath().toAbsolutePath().normalize();
        rings.forEach((root, ring) -> {
            if (path.startsWith(root)) {
                ring.run();
            }
        });
    }
}
