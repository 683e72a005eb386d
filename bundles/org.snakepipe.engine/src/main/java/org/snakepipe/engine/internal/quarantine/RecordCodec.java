// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.snakepipe.api.pipeline.Record;

/**
 * Records as bytes and back, with the type of every value: what is replayed must be what was rejected. Java serialization would
 * run code of whoever can write into the data directory.
 */
public final class RecordCodec {
    private static final byte NULL = 'n';
    private static final byte BYTES = 'b';
    private static final byte LIST = 'l';
    private static final byte MAP = 'm';
    private static final byte TEXT = 's';
    private static final int CHUNK = 16 << 10;

    /** A type whose text says everything. */
    private record Scalar(byte tag, Class<?> type, Function<String, Object> parse) {}

    private static final List<Scalar> SCALARS = List.of(
            new Scalar((byte) 'B', Boolean.class, Boolean::valueOf),
            new Scalar((byte) 'I', Integer.class, Integer::valueOf),
            new Scalar((byte) 'L', Long.class, Long::valueOf),
            new Scalar((byte) 'D', Double.class, Double::valueOf),
            new Scalar((byte) 'G', BigInteger.class, BigInteger::new),
            new Scalar((byte) 'C', BigDecimal.class, BigDecimal::new),
            new Scalar((byte) 'i', Instant.class, Instant::parse),
            new Scalar((byte) 'd', LocalDate.class, LocalDate::parse),
            new Scalar((byte) 't', LocalTime.class, LocalTime::parse),
            new Scalar((byte) 'c', LocalDateTime.class, LocalDateTime::parse),
            new Scalar((byte) 'o', OffsetDateTime.class, OffsetDateTime::parse),
            new Scalar((byte) 'z', ZonedDateTime.class, ZonedDateTime::parse),
            new Scalar((byte) 'p', Duration.class, Duration::parse),
            new Scalar((byte) 'O', OffsetTime.class, OffsetTime::parse),
            // Years of five figures have a sign when they are parsed, and none as text.
            new Scalar((byte) 'y', Year.class, text -> Year.of(Integer.parseInt(text))),
            new Scalar((byte) 'Y', YearMonth.class, RecordCodec::yearMonth),
            new Scalar((byte) 'M', MonthDay.class, MonthDay::parse),
            new Scalar((byte) 'P', Period.class, Period::parse),
            new Scalar((byte) 'Z', ZoneId.class, ZoneId::of),
            new Scalar((byte) 'w', DayOfWeek.class, DayOfWeek::valueOf),
            new Scalar((byte) 'a', Month.class, Month::valueOf),
            new Scalar((byte) 'F', Float.class, Float::valueOf),
            new Scalar((byte) 'S', Short.class, Short::valueOf),
            new Scalar((byte) 'T', Byte.class, Byte::valueOf),
            new Scalar((byte) 'x', Character.class, text -> text.charAt(0)),
            new Scalar((byte) 'U', UUID.class, UUID::fromString));

    private RecordCodec() {}

    private static YearMonth yearMonth(String text) {
        int dash = text.lastIndexOf('-');
        return YearMonth.of(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    /**
     * Writes a record.
     *
     * @param record the record
     * @param out    takes it
     * @throws IOException if it cannot be written
     */
    public static void write(Record record, DataOutput out) throws IOException {
        value(record.value(), out);
        value(record.meta(), out);
        value(record.key().orElse(null), out);
        text(record.op().name(), out);
        value(record.raw().orElse(null), out);
    }

    /**
     * Reads a record.
     *
     * @param in where one begins
     * @return the record
     * @throws IOException if there is none, or it cannot be read
     */
    @SuppressWarnings("unchecked")
    public static Record read(DataInput in) throws IOException {
        Record record = Record.of((Map<String, Object>) value(in));
        for (Map.Entry<String, String> meta : ((Map<String, String>) value(in)).entrySet()) {
            record = record.withMeta(meta.getKey(), meta.getValue());
        }
        String key = (String) value(in);
        record = (key == null ? record : record.withKey(key)).withOp(Record.Op.valueOf(text(in)));
        byte[] raw = (byte[]) value(in);
        return raw == null ? record : record.withRaw(raw);
    }

    private static void value(Object value, DataOutput out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof byte[] bytes) {
            out.writeByte(BYTES);
            bytes(bytes, out);
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object element : list) {
                value(element, out);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte(MAP);
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text(String.valueOf(entry.getKey()), out);
                value(entry.getValue(), out);
            }
        } else if (value instanceof String text) {
            out.writeByte(TEXT);
            text(text, out);
        } else {
            // A type that the API does not know goes as text: better than to lose the record.
            byte tag = SCALARS.stream()
                    .filter(scalar -> scalar.type().isInstance(value))
                    .findFirst()
                    .map(Scalar::tag)
                    .orElse(TEXT);
            out.writeByte(tag);
            text(value.toString(), out);
        }
    }

    private static Object value(DataInput in) throws IOException {
        byte tag = in.readByte();
        switch (tag) {
            case NULL:
                return null;
            case BYTES:
                return bytes(in.readInt(), in);
            case TEXT:
                return text(in);
            case LIST:
                List<Object> list = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    list.add(value(in));
                }
                return list;
            case MAP:
                Map<String, Object> map = new LinkedHashMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    map.put(text(in), value(in));
                }
                return map;
            default:
                return scalar(tag, text(in));
        }
    }

    private static Object scalar(byte tag, String text) throws IOException {
        for (Scalar scalar : SCALARS) {
            if (scalar.tag() == tag) {
                return scalar.parse().apply(text);
            }
        }
        throw new IOException("unknown type " + (char) tag);
    }

    /**
     * How many bytes {@link #write} writes of a record.
     *
     * @param record the record
     * @return the bytes
     */
    public static long size(Record record) {
        Count count = new Count();
        try {
            write(record, new DataOutputStream(count));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return count.bytes;
    }

    /** Where bytes are counted and go nowhere. */
    static final class Count extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] all, int offset, int length) {
            bytes += length;
        }

        long bytes() {
            return bytes;
        }
    }

    /** {@link DataOutput#writeUTF} ends at 64 KiB. A long text is never held a second time as a whole. */
    static void text(String text, DataOutput out) throws IOException {
        if (hasHalf(text)) {
            halves(text, out);
            return;
        }
        if (text.length() <= CHUNK) {
            bytes(text.getBytes(StandardCharsets.UTF_8), out);
            return;
        }
        long length = 0;
        for (int from = 0; from < text.length(); from = chunkEnd(text, from)) {
            length += text.substring(from, chunkEnd(text, from)).getBytes(StandardCharsets.UTF_8).length;
        }
        out.writeInt(Math.toIntExact(length));
        for (int from = 0; from < text.length(); from = chunkEnd(text, from)) {
            out.write(text.substring(from, chunkEnd(text, from)).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Half of a pair of surrogates is no character, but may be in a text. */
    private static boolean hasHalf(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                if (at + 1 == text.length() || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }

    /** UTF-8 has nothing for it: such a text goes char by char, and its length says so. */
    private static void halves(String text, DataOutput out) throws IOException {
        out.writeInt(-1 - text.length());
        for (int from = 0; from < text.length(); from += CHUNK) {
            String part = text.substring(from, Math.min(text.length(), from + CHUNK));
            ByteBuffer bytes = ByteBuffer.allocate(part.length() * Character.BYTES);
            bytes.asCharBuffer().put(part);
            out.write(bytes.array());
        }
    }

    /** Not in the middle of a pair of surrogates. */
    private static int chunkEnd(String text, int from) {
        int end = Math.min(text.length(), from + CHUNK);
        return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
    }

    static String text(DataInput in) throws IOException {
        int length = in.readInt();
        if (length >= 0) {
            return new String(bytes(length, in), StandardCharsets.UTF_8);
        }
        return ByteBuffer.wrap(bytes(Math.multiplyExact(-1 - length, Character.BYTES), in))
                .asCharBuffer()
                .toString();
    }

    private static void bytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(int length, DataInput in) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
