// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.List;
import java.util.Set;

/** Knows files that nobody means to be read: hidden ones, what editors and tools leave behind, and notes for people. */
public final class Leftovers {
    private static final List<String> ENDS = List.of(
            "~",
            ".swp",
            ".swo",
            ".swx",
            ".tmp",
            ".temp",
            ".part",
            ".crdownload",
            ".orig",
            ".rej",
            ".bak",
            ".old",
            ".save",
            ".new",
            "___jb_tmp___",
            "___jb_old___",
            ".kate-swp");
    private static final Set<String> NAMES = Set.of("4913", "Thumbs.db", "desktop.ini", "CODEOWNERS", "Makefile");
    private static final List<String> NOTES = List.of("README", "LICENSE", "NOTICE", "CHANGELOG");
    private static final List<String> NOTE_ENDS = List.of(".md", ".adoc", ".rst");

    private Leftovers() {}

    /**
     * Whether a file, or a directory above it, is passed over without a word. The data directories of Kubernetes are hidden.
     *
     * @param path relative to the directory that is looked at, with {@code /}
     */
    public static boolean isOne(String path) {
        if (path.startsWith(".") || path.contains("/.")) {
            return true;
        }
        String file = path.substring(path.lastIndexOf('/') + 1);
        // Mostly all files are configurations, and none of the names below ends like one.
        return !isConfiguration(file) && isNamedLikeOne(file);
    }

    private static boolean isConfiguration(String file) {
        return file.endsWith(".cfg") || file.endsWith(".yaml") || file.endsWith(".json");
    }

    private static boolean isNamedLikeOne(String file) {
        return NAMES.contains(file)
                || file.startsWith("#") && file.endsWith("#")
                || endsWithOneOf(file, ENDS)
                || endsWithOneOf(file, NOTE_ENDS)
                || NOTES.contains(file.endsWith(".txt") ? file.substring(0, file.length() - 4) : file);
    }

    private static boolean endsWithOneOf(String file, List<String> ends) {
        for (String end : ends) {
            if (file.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
