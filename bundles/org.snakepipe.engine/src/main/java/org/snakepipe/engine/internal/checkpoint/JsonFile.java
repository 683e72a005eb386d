// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.snakepipe.engine.internal.disk.PrivateFiles;

/** A small file that is, after a crash, the old one or the new one, never a mixture: written beside, to the disk, renamed. */
final class JsonFile {
    private final Path file;

    JsonFile(Path file) {
        this.file = file;
    }

    /** @throws java.nio.file.NoSuchFileException when there is none */
    Map<String, Object> read() throws IOException {
        return JSON.std.mapFrom(Files.readAllBytes(file));
    }

    void write(Map<String, Object> json) throws IOException {
        PrivateFiles.createDirectories(file.getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        force(beside, JSON.std.asBytes(json));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        forceNames();
    }

    void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            forceNames();
        }
    }

    private void forceNames() throws IOException {
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void force(Path path, byte[] bytes) throws IOException {
        try (FileChannel channel = PrivateFiles.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
