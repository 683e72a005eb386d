// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits bytes into rows. Where there are fields, a line end within quotes belongs to the row (RFC 4180). Works on bytes: in
 * UTF-8 no part of another character looks like a quote, an ASCII delimiter, or a line end. So a row that is not UTF-8 harms no
 * other, and it is known where each begins.
 */
final class RowReader {
    private static final int BUFFER = 64 * 1024;
    private static final char NO_FIELDS = '\n';

    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTES
    }

    private final InputStream in;
    private final char delimiter;
    private final long largest;
    private long bytes;
    private long lines;

    private RowReader(InputStream in, char delimiter, long largest, long bytes, long lines) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.delimiter = delimiter;
        this.largest = largest;
        this.bytes = bytes;
        this.lines = lines;
    }

    /** A row is a line. @param bytes how many bytes come before @param lines how many lines these are */
    static RowReader ofLines(InputStream in, long largest, long bytes, long lines) {
        return new RowReader(in, NO_FIELDS, largest, bytes, lines);
    }

    /** A row has fields. @param bytes how many bytes come before @param lines how many lines these are */
    static RowReader ofFields(InputStream in, char delimiter, long largest, long bytes, long lines) {
        return new RowReader(in, delimiter, largest, bytes, lines);
    }

    /**
     * A row.
     *
     * @param content without its end; empty when it is too large
     * @param length  of the content in bytes
     * @param line    the line in which it begins, from 1
     * @param ended   whether its end was there; at the end of a file that grows it is still to come
     * @param quoted  whether it stops within quotes
     * @param bytes   where the next one begins
     * @param lines   how many lines come before that
     */
    record Row(byte[] content, long length, long line, boolean ended, boolean quoted, long bytes, long lines) {
        boolean isBlank() {
            for (byte b : content) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return length == content.length;
        }
    }

    /** Passes over the mark with which some programs begin UTF-8. For the beginning of a file. */
    void skipByteOrderMark() throws IOException {
        in.mark(3);
        if (in.read() == 0xEF && in.read() == 0xBB && in.read() == 0xBF) {
            bytes += 3;
        } else {
            in.reset();
        }
    }

    /** The next row; {@code null} at the end. It counts as read when it is {@linkplain #take taken}. */
    Row next() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long at = bytes;
        long line = lines;
        long length = 0;
        State state = State.FIELD_BEGINS;
        int next;
        while ((next = in.read()) >= 0) {
            at++;
            if (state != State.QUOTED && isEnd(next)) {
                at += next == '\r' ? 1 : 0;
                return new Row(content.toByteArray(), length, lines + 1, true, false, at, line + 1);
            }
            line += next == '\n' ? 1 : 0;
            state = after(state, next);
            if (++length <= largest) {
                content.write(next);
            } else {
                content.reset();
            }
        }
        return at == bytes
                ? null
                : new Row(content.toByteArray(), length, lines + 1, false, state == State.QUOTED, at, line + 1);
    }

    /** Whether the row ends. A return alone ends none: it may be the first half of an end that is being written. */
    private boolean isEnd(int next) throws IOException {
        if (next != '\r') {
            return next == '\n';
        }
        in.mark(1);
        if (in.read() == '\n') {
            return true;
        }
        in.reset();
        return false;
    }

    private State after(State state, int next) {
        if (delimiter == NO_FIELDS) {
            return State.PLAIN;
        }
        if (state == State.QUOTED) {
            return next == '"' ? State.QUOTE_IN_QUOTES : State.QUOTED;
        }
        if (next == '"' && state != State.PLAIN) {
            return State.QUOTED;
        }
        return next == delimiter ? State.FIELD_BEGINS : State.PLAIN;
    }

    /** Counts a row as read. */
    void take(Row row) {
        bytes = row.bytes();
        lines = row.lines();
    }

    long bytes() {
        return bytes;
    }

    long lines() {
        return lines;
    }
}
