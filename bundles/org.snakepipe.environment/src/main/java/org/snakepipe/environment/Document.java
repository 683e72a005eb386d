// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.format.Documents;

/**
 * A part of a YAML or JSON file that is no configuration, with its place, for those who give such files a meaning. The limits
 * of configuration files hold: size, depth, and how much aliases may repeat.
 */
public sealed interface Document {
    /**
     * Where it begins.
     *
     * @return file, line and column
     */
    Origin origin();

    /**
     * One value.
     *
     * @param value  as it is written; empty when there is none
     * @param origin where it begins
     */
    record Text(String value, Origin origin) implements Document {
        /** Checks that nothing is {@code null}. */
        public Text {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * A list.
     *
     * @param items  its elements
     * @param origin where it begins
     */
    record Items(List<Document> items, Origin origin) implements Document {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * Keys with values.
     *
     * @param entries in the order of the file; a key may occur twice
     * @param origin  where it begins
     */
    record Keys(List<Entry> entries, Origin origin) implements Document {
        /** Copies the list. */
        public Keys {
            entries = List.copyOf(entries);
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * One key with its value.
     *
     * @param key    never empty
     * @param origin where the key is written
     * @param value  what is said of it
     */
    record Entry(String key, Origin origin, Document value) {
        /** Checks that nothing is {@code null}. */
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * What became of a file.
     *
     * @param document what it holds; empty when that is nothing but comments, or when it cannot be read
     * @param problem  why it cannot be read
     */
    record Reading(Optional<Document> document, Optional<Problem> problem) {
        /** Checks that nothing is {@code null}. */
        public Reading {
            Objects.requireNonNull(document, "document");
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * Reads a file. Bad content never throws.
     *
     * @param path  relative to the configuration directory; JSON when it ends in {@code .json}, YAML otherwise
     * @param bytes the content
     * @return what it holds, or why it cannot be read
     */
    static Reading read(String path, byte[] bytes) {
        return Documents.read(path, bytes);
    }
}
