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
import org.snakepipe.engine.internal.disk.Uninterrupted;

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
        byte[] bytes = JSON.std.asBytes(json);
        Uninterrupted.call(() -> force(beside, bytes));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        Uninterrupted.call(this::forceNames);
    }

    void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            Uninterrupted.call(this::forceNames);
        }
    }

    private Void forceNames() throws IOException {
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        return null;
    }

    private static int force(Path path, byte[] bytes) throws IOException {
        try (FileChannel channel = PrivateFiles.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        return bytes.length;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
