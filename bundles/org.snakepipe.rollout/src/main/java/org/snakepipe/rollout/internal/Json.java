// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Maps in files, as JSON. */
final class Json {
    private static final JSON WRITER = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    private Json() {}

    /** What a file says; empty when there is none. What is no JSON is an exception, of either kind. */
    static Optional<Map<String, Object>> read(Storage storage, Path file) throws IOException {
        Optional<byte[]> bytes = storage.read(file);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(JSON.std.mapFrom(bytes.get()));
    }

    static void write(Storage storage, Path file, Map<String, Object> json) throws IOException {
        storage.write(file, (WRITER.asString(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A map of texts; empty for nothing. */
    static Map<String, String> texts(Object json) {
        Map<String, String> texts = new TreeMap<>();
        map(json).forEach((key, value) -> texts.put(key, (String) value));
        return texts;
    }

    /** A map; empty for nothing. */
    static Map<String, Object> map(Object json) {
        Map<String, Object> map = new TreeMap<>();
        if (json != null) {
            ((Map<?, ?>) json).forEach((key, value) -> map.put((String) key, value));
        }
        return map;
    }

    /** A list of texts; empty for nothing. */
    static List<String> list(Object json) {
        List<String> list = new ArrayList<>();
        if (json != null) {
            ((List<?>) json).forEach(value -> list.add((String) value));
        }
        return list;
    }

    /** A text; empty for nothing. */
    static String text(Object json) {
        return json == null ? "" : (String) json;
    }
}
