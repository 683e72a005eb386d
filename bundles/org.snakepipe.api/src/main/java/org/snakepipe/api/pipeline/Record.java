// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One record on its way from a source to the sinks. Immutable; each {@code with} method returns another record.
 *
 * <p>Values are those of the JDK: {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link Double},
 * {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@code byte[]}, the {@code java.time} types, {@link List}
 * and {@link Map} of these, and {@code null}. A plugin must not change a value that it got from a record.
 */
public final class Record {
    /** What a sink with a key does with the record. */
    public enum Op {
        /** Writes it, over an earlier one with the same key. */
        UPSERT,
        /** Removes the one with the same key. */
        DELETE
    }

    /** Name of the meta entry that says what the record is, for sinks that take only some: {@code type}. */
    public static final String TYPE = "type";

    private static final int OVERHEAD = 48;

    private final Map<String, Object> value;
    private final Map<String, String> meta;
    private final String key;
    private final Op op;
    private final byte[] raw;

    private Record(Map<String, Object> value, Map<String, String> meta, String key, Op op, byte[] raw) {
        this.value = value;
        this.meta = meta;
        this.key = key;
        this.op = op;
        this.raw = raw;
    }

    /**
     * A record with a value and nothing else.
     *
     * @param value field to value, in the order of the fields; copied, its nested values are not
     * @return the record, with the operation {@link Op#UPSERT}
     */
    public static Record of(Map<String, ?> value) {
        return new Record(copy(value), Map.of(), null, Op.UPSERT, null);
    }

    private static Map<String, Object> copy(Map<String, ?> value) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    /**
     * The fields.
     *
     * @return field to value, unmodifiable, in the order of the fields; values may be {@code null}
     */
    public Map<String, Object> value() {
        return value;
    }

    /**
     * What is known about the record beside its fields, for example the file it was read from.
     *
     * @return name to text, unmodifiable
     */
    public Map<String, String> meta() {
        return meta;
    }

    /**
     * What the record is, for sinks that take only some.
     *
     * @return the meta entry {@value #TYPE}; empty when there is none
     */
    public String type() {
        return meta.getOrDefault(TYPE, "");
    }

    /**
     * The key: records with the same key keep their order where the pipeline says {@code ordering = key}.
     *
     * @return the key, if there is one
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /**
     * What a sink with a key does.
     *
     * @return the operation
     */
    public Op op() {
        return op;
    }

    /**
     * The bytes the record was read from, until it is changed for the first time; quarantine keeps them.
     *
     * @return a copy of the bytes, if they are known
     */
    public Optional<byte[]> raw() {
        return Optional.ofNullable(raw).map(byte[]::clone);
    }

    /**
     * The same record with other fields. The raw bytes go: they no longer say what the record says.
     *
     * @param newValue field to value; copied, its nested values are not
     * @return the record
     */
    public Record withValue(Map<String, ?> newValue) {
        return new Record(copy(newValue), meta, key, op, null);
    }

    /**
     * The same record with one more meta entry.
     *
     * @param name the name
     * @param text the text
     * @return the record
     */
    public Record withMeta(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(meta);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(text, "text"));
        return new Record(value, Collections.unmodifiableMap(more), key, op, raw);
    }

    /**
     * The same record with another key.
     *
     * @param newKey the key, never {@code null}
     * @return the record
     */
    public Record withKey(String newKey) {
        return new Record(value, meta, Objects.requireNonNull(newKey, "key"), op, raw);
    }

    /**
     * The same record with another operation.
     *
     * @param newOp the operation
     * @return the record
     */
    public Record withOp(Op newOp) {
        return new Record(value, meta, key, Objects.requireNonNull(newOp, "op"), raw);
    }

    /**
     * The same record with the bytes it was read from.
     *
     * @param bytes the bytes; not copied, the caller no longer touches them
     * @return the record
     */
    public Record withRaw(byte[] bytes) {
        return new Record(value, meta, key, op, Objects.requireNonNull(bytes, "bytes"));
    }

    /**
     * About how many bytes of memory the record takes; the engine bounds its queues by it.
     *
     * @return bytes, at least 1
     */
    public long approximateSize() {
        return (raw == null ? 0 : raw.length) + sizeOf(value);
    }

    private static long sizeOf(Object object) {
        if (object instanceof CharSequence text) {
            return OVERHEAD + text.length();
        }
        if (object instanceof byte[] bytes) {
            return OVERHEAD + bytes.length;
        }
        long size = OVERHEAD;
        if (object instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += OVERHEAD + sizeOf(entry.getKey()) + sizeOf(entry.getValue());
            }
        } else if (object instanceof List<?> list) {
            for (Object element : list) {
                size += sizeOf(element);
            }
        }
        return size;
    }

    /** Key, operation and meta, never the fields: they may hold what a log must not. */
    @Override
    public String toString() {
        return "Record[key=" + key + ", op=" + op + ", meta=" + meta + "]";
    }
}
