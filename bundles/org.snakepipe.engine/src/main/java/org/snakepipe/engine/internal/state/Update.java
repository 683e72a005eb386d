// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;

/**
 * One change of the state of a part.
 *
 * @param part  whose
 * @param key   the key
 * @param value the new value; {@code null} when the key is forgotten
 */
record Update(ConfigId part, String key, String value) {
    void applyTo(Map<ConfigId, Map<String, String>> all) {
        Map<String, String> own = all.computeIfAbsent(part, id -> new TreeMap<>());
        if (value == null) {
            own.remove(key);
        } else {
            own.put(key, value);
        }
    }

    void write(DataOutput out) throws IOException {
        text(part.toString(), out);
        text(key, out);
        out.writeBoolean(value != null);
        if (value != null) {
            text(value, out);
        }
    }

    static Update read(DataInput in) throws IOException {
        ConfigId part = ConfigId.parse(text(in));
        String key = text(in);
        return new Update(part, key, in.readBoolean() ? text(in) : null);
    }

    /** {@link DataOutput#writeUTF} ends at 64 KiB. */
    private static void text(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
