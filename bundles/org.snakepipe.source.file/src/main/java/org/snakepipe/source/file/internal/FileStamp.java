// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * How a file looks from outside.
 *
 * @param inode   of the file: appending keeps it
 * @param size    in bytes
 * @param changed last change of the content, in milliseconds since 1970
 */
record FileStamp(long inode, long size, long changed) {
    /** A file that nobody has touched for so long is complete. */
    private static final long REST_MILLIS = 2_000;

    static FileStamp of(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,size,lastModifiedTime");
        return new FileStamp(
                (Long) attributes.get("ino"),
                (Long) attributes.get("size"),
                ((FileTime) attributes.get("lastModifiedTime")).toMillis());
    }

    boolean hasRested() {
        return System.currentTimeMillis() - changed > REST_MILLIS;
    }
}
