// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Turns the bytes of a file into lines, and refuses what cannot be a text that a person wrote. */
public final class TextFile {
    public static final int MAX_BYTES = 1 << 20;
    public static final int MAX_LINE = 1 << 16;

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /** The lines of the file, without a byte order mark, which some editors put in front of UTF-8. */
    public static List<String> lines(Place place, byte[] bytes) throws UnreadableFileException {
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
        List<String> lines = List.of(LINE_END.split(text, -1));
        for (int index = 0; index < lines.size(); index++) {
            check(place, lines.get(index), index + 1);
        }
        return lines;
    }

    private static String wayOut(Place place) {
        return place.id() == null
                ? "delete the file, or put a comment into it, when there is nothing to say"
                : "delete the file to remove the configuration";
    }

    private static String decode(Place place, byte[] bytes) throws UnreadableFileException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String[] before = LINE_END.split(text, -1);
            String found = String.format("byte 0x%02X is not UTF-8 (allowed: UTF-8 text)", bytes[in.position()]);
            throw unreadable(place, "file.encoding", found, before.length, before[before.length - 1].length() + 1);
        }
        return text;
    }

    private static void check(Place place, String line, int number) throws UnreadableFileException {
        if (line.length() > MAX_LINE) {
            String found = "the line has " + line.length() + " characters (allowed: " + MAX_LINE + ")";
            throw unreadable(place, "file.line", found, number, 0);
        }
        for (int index = 0; index < line.length(); index++) {
            char c = line.charAt(index);
            if (c < ' ' && c != '\t' && c != '\f') {
                String found = String.format("the control character 0x%02X is no text (allowed: UTF-8 text)", (int) c);
                throw unreadable(place, "file.binary", found, number, index + 1);
            }
        }
    }

    private static UnreadableFileException unreadable(Place place, String code, String found, int line, int column) {
        return new UnreadableFileException(place.error(code, found, line, column));
    }
}
