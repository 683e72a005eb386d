// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What an exception tells people. */
public final class Reason {
    private Reason() {}

    /**
     * Its message, or what is better: of some failures the file system says the name of the file and nothing else.
     *
     * @param failure what happened
     * @return a sentence, or the name of the exception when it says nothing
     */
    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null && file.getFile() != null) {
            return file.getFile() + " " + what(file);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String what(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "is not there";
        }
        if (failure instanceof NotDirectoryException) {
            return "is no directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "may not be used by who runs this process";
        }
        return failure instanceof FileAlreadyExistsException
                ? "is there already, and in the way"
                : "failed with " + failure.getClass().getSimpleName();
    }
}
