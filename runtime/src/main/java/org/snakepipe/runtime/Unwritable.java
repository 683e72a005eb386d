// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says of what the runtime cannot write why, and how to mend it. */
final class Unwritable {
    private Unwritable() {}

    /**
     * Why the runtime does not start.
     *
     * @param path  what cannot be written
     * @param where the directory that has to be writable
     */
    static StartException of(Path path, Path where, IOException e) {
        return new StartException(
                ExitCode.FAILURE,
                path + " cannot be written (" + reason(e) + "). Everything that the runtime writes is in " + where
                        + ": let user " + System.getProperty("user.name") + " write there, or use another --home");
    }

    /** The classes of java.nio.file say the path, and what is wrong with it by their names alone. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "no directory, but something of that name is there";
        }
        String said = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return said == null ? e.toString() : said;
    }
}
