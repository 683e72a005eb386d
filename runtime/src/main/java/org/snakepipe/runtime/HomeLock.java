// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process out of the same home. The system gives the lock back when the process ends, however it ends; the
 * file stays, since removing it would let two processes lock two files of one name.
 */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock and writes who has it.
     *
     * @throws StartException if another process has it, or the file cannot be made; the message says which, or why
     * @throws IOException    if the file cannot be written to its end
     */
    static HomeLock acquire(Directories directories) throws StartException, IOException {
        Path file = directories.data().resolve("lock");
        FileChannel channel = open(file);
        try {
            if (tryLock(channel) == null) {
                throw new StartException(
                        ExitCode.ALREADY_RUNNING,
                        "already running: " + owner(file) + "; stop it with 'snakepipe stop', or use another --home");
            }
            String text = "pid " + ProcessHandle.current().pid() + ", home " + directories.home();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
        } catch (StartException | IOException e) {
            channel.close();
            throw e;
        }
        return new HomeLock(channel);
    }

    private static FileChannel open(Path file) throws StartException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Unwritable.of(file, file.getParent(), e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // The lock is in this very process: for the caller the same as another process that has it.
            return null;
        }
    }

    private static String owner(Path file) throws IOException {
        String text = Files.readString(file);
        return text.isEmpty() ? "a process that is just starting, " + file : text;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
