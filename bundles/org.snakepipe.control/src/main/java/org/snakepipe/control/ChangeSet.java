// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files below one root that changed together and have settled. Immutable.
 *
 * @param root       which root
 * @param initial    {@code true} for the first set of a root: it holds all files, and comes even when there are none. Of a root
 *                   that is missing it says that, and another one comes as soon as it is there
 * @param changed    path, relative to the root and with {@code /}, to the new content
 * @param gone       paths of files that are no longer there
 * @param unreadable path to the reason why it could not be read; its last content stays in force. The path of the root itself
 *                   is empty
 */
public record ChangeSet(
        Root root,
        boolean initial,
        Map<String, FileContent> changed,
        Set<String> gone,
        Map<String, String> unreadable) {
    /** What is watched. */
    public enum Root {
        /** The configuration directory, with everything below. */
        CONFIG("config/"),
        /** The directory that plugins are dropped into, without what lies deeper. */
        DEPLOY("deploy/"),
        /** What people set at run time, in the data directory. */
        OVERRIDES("data/overrides/");

        private final String folder;

        Root(String folder) {
            this.folder = folder;
        }

        /**
         * What people call it.
         *
         * @return a path that ends with {@code /}, in a home as it is made by default
         */
        public String folder() {
            return folder;
        }
    }

    /** Copies the collections, sorted. */
    public ChangeSet {
        changed = Collections.unmodifiableMap(new TreeMap<>(changed));
        gone = Collections.unmodifiableSet(new TreeSet<>(gone));
        unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    }
}
