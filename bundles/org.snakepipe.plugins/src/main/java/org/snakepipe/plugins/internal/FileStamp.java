// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * By what it is seen that a file is not what it was, without reading it.
 *
 * @param size     in bytes
 * @param modified when it was written last, in nanoseconds since 1970
 * @param key      device and inode, where the file system has them; else empty
 */
record FileStamp(long size, long modified, String key) {
    /** Within this time a file may be written twice and have one stamp. */
    private static final long COARSE = TimeUnit.SECONDS.toNanos(2);

    /** Of a file as it is now; links are followed. */
    static FileStamp of(Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        Object key = found.fileKey();
        return new FileStamp(
                found.size(), found.lastModifiedTime().to(TimeUnit.NANOSECONDS), key == null ? "" : key.toString());
    }

    /**
     * Whether another content would have another stamp.
     *
     * @param now in nanoseconds since 1970
     */
    boolean isOld(long now) {
        return now - modified > COARSE;
    }
}
