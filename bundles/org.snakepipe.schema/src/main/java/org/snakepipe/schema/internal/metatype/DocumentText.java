// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.metatype;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/**
 * Decodes documents. The parser of the JDK does it too, but prints a line to the error stream of the process for each byte
 * that is wrong.
 */
final class DocumentText {
    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]*\\sencoding\\s*=\\s*['\"]([^'\"]*)['\"]");
    private static final int PROLOG = 200;
    private static final int BOTTOM = 0xFF;
    private static final char MARK = '\uFEFF';

    private DocumentText() {}

    /** The text, without the mark of the byte order. */
    static String of(byte... document) throws XMLStreamException {
        ByteBuffer bytes = ByteBuffer.wrap(document);
        CharsetDecoder decoder = charset(document).newDecoder();
        CharBuffer text = CharBuffer.allocate((int) (document.length * Math.max(1, decoder.maxCharsPerByte())) + 1);
        boolean wrong = decoder.decode(bytes, text, true).isError();
        text.flip();
        if (wrong) {
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            throw new XMLStreamException(
                    "the byte at " + (bytes.position() + 1) + " is not of " + decoder.charset(), new Line(line));
        }
        return text.length() > 0 && text.charAt(0) == MARK ? text.toString().substring(1) : text.toString();
    }

    /** XML 1.0, appendix F: by the mark of the byte order, by the first two bytes, by what the document says. */
    private static Charset charset(byte... document) throws XMLStreamException {
        int two = document.length < 2 ? 0 : (document[0] & BOTTOM) << 8 | document[1] & BOTTOM;
        if (two == MARK || two == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (two == Character.reverseBytes(MARK) || two == Character.reverseBytes('<')) {
            return StandardCharsets.UTF_16LE;
        }
        Matcher encoding = ENCODING.matcher(
                new String(document, 0, Math.min(PROLOG, document.length), StandardCharsets.ISO_8859_1));
        String name = encoding.find() ? encoding.group(1) : "UTF-8";
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new XMLStreamException("the encoding " + name + " is not known", new Line(1), e);
        }
    }

    /** A place of which only the line is known. */
    private record Line(int line) implements Location {
        @Override
        public int getLineNumber() {
            return line;
        }

        @Override
        public int getColumnNumber() {
            return -1;
        }

        @Override
        public int getCharacterOffset() {
            return -1;
        }

        @Override
        public String getPublicId() {
            return null;
        }

        @Override
        public String getSystemId() {
            return null;
        }
    }
}
