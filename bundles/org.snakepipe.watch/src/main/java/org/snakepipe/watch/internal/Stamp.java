// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a file looks from outside. Two equal stamps do not prove equal content, but a file that is being written does not keep
 * its stamp: ctime cannot be set back as mtime can.
 *
 * @param device of the file system
 * @param inode  of the file
 * @param size   in bytes; -1 when there is no file
 * @param mtime  last change of the content, in nanoseconds since 1970
 * @param ctime  last change of the inode, in nanoseconds since 1970
 */
record Stamp(long device, long inode, long size, long mtime, long ctime) {
    /** There is no file. */
    static final Stamp GONE = new Stamp(0, 0, -1, 0, 0);

    /** The attributes that a stamp is made of; links are followed. */
    static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";

    static Stamp of(Path file) throws IOException {
        return of(Files.readAttributes(file, ATTRIBUTES));
    }

    static Stamp of(Map<String, Object> attributes) {
        return new Stamp(
                (Long) attributes.get("dev"),
                (Long) attributes.get("ino"),
                (Long) attributes.get("size"),
                nanos(attributes.get("lastModifiedTime")),
                nanos(attributes.get("ctime")));
    }

    private static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    boolean isGone() {
        return size < 0;
    }

    boolean isSameFile(Stamp other) {
        return inode == other.inode && device == other.device;
    }
}
