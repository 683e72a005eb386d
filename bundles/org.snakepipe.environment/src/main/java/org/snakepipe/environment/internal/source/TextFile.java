// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns the bytes of a file into lines, and refuses what cannot be a text that a person wrote. */
public final class TextFile {
    public static final int MAX_BYTES = 1 << 20;
    public static final int MAX_LINE = 1 << 16;

    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /** The lines of the file, without a byte order mark, which some editors put in front of UTF-8. */
    public static List<String> lines(Place place, byte[] bytes) throws UnreadableFileException {
        return lines(text(place, bytes));
    }

    /** The text of the file, checked. */
    public static String text(Place place, byte[] bytes) throws UnreadableFileException {
        if (bytes.length == 0) {
            throw unreadable(place, "file.empty", "the file is empty: probably half written; " + wayOut(place), 0, 0);
        }
        if (bytes.length > MAX_BYTES) {
            throw unreadable(
                    place, "file.size", "the file has " + bytes.length + " bytes (allowed: " + MAX_BYTES + ")", 0, 0);
        }
        String text = decode(place, bytes);
        if (text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        check(place, text);
        return text;
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        if (text.indexOf('\r') < 0) {
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                lines.add(text.substring(start, end));
                start = end + 1;
            }
            lines.add(text.substring(start));
            return lines;
        }
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(start, index));
                index += c == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n' ? 1 : 0;
                start = index + 1;
            }
        }
        lines.add(text.substring(start));
        return lines;
    }

    private static String wayOut(Place place) {
        return place.path().endsWith(Place.DESCRIPTION_FILE)
                ? "delete the file, or put a comment into it, when there is nothing to say"
                : "delete the file to remove the configuration";
    }

    private static String decode(Place place, byte[] bytes) throws UnreadableFileException {
        // Quick, and right unless a byte was replaced by the sign that stands for a broken one.
        String quick = new String(bytes, StandardCharsets.UTF_8);
        if (quick.indexOf(REPLACEMENT) < 0) {
            return quick;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int[] at = position(text, text.length());
            String found = String.format("byte 0x%02X is not UTF-8 (allowed: UTF-8 text)", bytes[in.position()]);
            throw unreadable(place, "file.encoding", found, at[0], at[1]);
        }
        return text;
    }

    private static void check(Place place, String text) throws UnreadableFileException {
        int start = 0;
        for (int index = 0; index <= text.length(); index++) {
            char c = index < text.length() ? text.charAt(index) : '\n';
            if (c >= ' ' || c == '\t' || c == '\f') {
                continue;
            }
            if (c != '\n' && c != '\r') {
                String found = String.format("the control character 0x%02X is no text (allowed: UTF-8 text)", (int) c);
                int[] at = position(text, index);
                throw unreadable(place, "file.binary", found, at[0], at[1]);
            }
            if (index - start > MAX_LINE) {
                String found = "the line has " + (index - start) + " characters (allowed: " + MAX_LINE + ")";
                throw unreadable(place, "file.line", found, position(text, start)[0], 0);
            }
            start = index + 1;
        }
    }

    /** Line and column of a character, from 1. */
    public static int[] position(String text, int index) {
        List<String> before = lines(text.substring(0, index));
        return new int[] {before.size(), before.get(before.size() - 1).length() + 1};
    }

    private static UnreadableFileException unreadable(Place place, String code, String found, int line, int column) {
        return new UnreadableFileException(place.error(code, found, line, column));
    }
}
