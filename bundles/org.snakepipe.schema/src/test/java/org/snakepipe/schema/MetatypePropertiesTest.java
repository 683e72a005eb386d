// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: schemas, or an exception that names the line. */
class MetatypePropertiesTest {
    private static final byte[] DOCUMENT = document();
    private static final List<String> SCRAPS = List.of(
            "<",
            ">",
            "'",
            "\"",
            "&",
            "&amp;",
            "&#0;",
            "&#x110000;",
            "]]>",
            "<!--",
            "--",
            "<![CDATA[",
            "<?x",
            "?>",
            "\u0000",
            "\uFFFE",
            "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "&b;",
            "sp:unit='ms'",
            "sp:pattern='('",
            "sp:length-min='-1'",
            "sp:requires='x'",
            "xmlns:sp='urn:x'",
            "xml:space='x'",
            "min='1e999999999'",
            "default=','",
            "cardinality='-1'",
            "cardinality='99999999999'",
            "type='Long'",
            "<AD id='a' type='String'>",
            "</OCD>",
            "encoding='UTF-16'");

    @Property(tries = 2000)
    void readsOrRefusesAnyBytes(@ForAll byte[] bytes) {
        readsOrRefuses(bytes);
    }

    @Property(tries = 5000)
    void readsOrRefusesADamagedDocument(
            @ForAll @IntRange(max = 5000) int at, @ForAll @IntRange(max = 40) int cut, @ForAll("scraps") String scrap) {
        int begin = at % DOCUMENT.length;
        int end = Math.min(DOCUMENT.length, begin + cut);
        byte[] inserted = scrap.getBytes(StandardCharsets.UTF_8);
        byte[] damaged = new byte[begin + inserted.length + DOCUMENT.length - end];
        System.arraycopy(DOCUMENT, 0, damaged, 0, begin);
        System.arraycopy(inserted, 0, damaged, begin, inserted.length);
        System.arraycopy(DOCUMENT, end, damaged, begin + inserted.length, DOCUMENT.length - end);

        readsOrRefuses(damaged);
    }

    @Property(tries = 2000)
    void readsOrRefusesAFlippedByte(@ForAll @IntRange(max = 5000) int at, @ForAll byte value) {
        byte[] damaged = DOCUMENT.clone();
        damaged[at % damaged.length] = value;

        readsOrRefuses(damaged);
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.oneOf(Arbitraries.of(SCRAPS), Arbitraries.strings().ofMaxLength(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                        + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><MetaData>&c;</MetaData>",
                "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///dev/zero'>]><MetaData>&a;</MetaData>",
                "<!DOCTYPE a [<!ENTITY % a SYSTEM 'http://127.0.0.1:1/'>%a;]><MetaData/>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/'><MetaData/>"
            })
    void opensNoBombAndNothingElse(String bomb) {
        assertThat(readsOrRefuses(bomb.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("x.xml:1: a document type is not allowed");
    }

    @Test
    void endsHoweverDeepOrWideADocumentIs() {
        readsOrRefuses(("<MetaData>" + "<a>".repeat(200_000)).getBytes(StandardCharsets.UTF_8));
        readsOrRefuses(("<MetaData>" + "<OCD id='a'>".repeat(50_000)).getBytes(StandardCharsets.UTF_8));
        StringBuilder wide = new StringBuilder("<MetaData><OCD ");
        for (int index = 0; index < 50_000; index++) {
            wide.append('a').append(index).append("='' ");
        }
        readsOrRefuses(wide.append("/></MetaData>").toString().getBytes(StandardCharsets.UTF_8));
        readsOrRefuses(("<MetaData><OCD id='o'><AD id='k' type='Double' min='1e999999999'/></OCD>"
                        + "<Designate pid='a'><Object ocdref='o'/></Designate></MetaData>")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** The message when it was refused; empty when it was read. */
    private static String readsOrRefuses(byte[] bytes) {
        try {
            List<Schema> schemas = MetatypeReader.read(new ByteArrayInputStream(bytes), "x.xml");
            schemas.forEach(schema -> assertThat(schema.pid()).isNotEmpty());
            return "";
        } catch (MetatypeException e) {
            assertThat(e.getMessage()).matches("(?s)x\\.xml:(\\d+:)? .+");
            return e.getMessage();
        }
    }

    private static byte[] document() {
        try (InputStream in = MetatypePropertiesTest.class.getResourceAsStream("bnd.xml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
