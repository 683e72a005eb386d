// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;

class MetatypeReaderTest {
    private static final String SOURCE = "x.xml";
    private static final String OCD = "<OCD id='o'>%s</OCD><Designate pid='a.b'><Object ocdref='o'/></Designate>";

    @TempDir
    private Path directory;

    @Test
    void readsWhatBndWrites() throws Exception {
        Schema schema = bnd();

        assertThat(schema.pid()).isEqualTo("snakepipe.x");
        assertThat(schema.isFactory()).isTrue();
        assertThat(schema.name()).isEqualTo("X thing");
        assertThat(schema.description()).isEqualTo("desc");
        assertThat(schema.attributes()).hasSize(14);
        assertThat(schema.attribute("nothing")).isEmpty();
        assertThat(attribute("batch.size"))
                .isEqualTo(new Attribute(
                        "batch.size",
                        Type.LONG,
                        0,
                        true,
                        List.of("1000"),
                        Optional.of("1"),
                        Optional.of("10000"),
                        List.of(),
                        "Batch size",
                        ""));
        assertThat(attribute("opt").required()).isFalse();
        assertThat(attribute("opt").description()).isEqualTo("100% < & >");
        assertThat(attribute("o").options()).containsExactly(new Option("one", "One"), new Option("two,x", ""));
        assertThat(attribute(".password").isSecret()).isTrue();
        assertThat(attribute("nodef").isSecret()).isFalse();
        assertThat(schema).asString().startsWith("snakepipe.x [scalar, bs,");
    }

    @Test
    void readsDefaultsWithEscapes() throws Exception {
        assertThat(attribute("scalar").defaults()).containsExactly("a,b");
        assertThat(attribute("bs").defaults()).containsExactly("a\\b");
        assertThat(attribute("sp").defaults()).containsExactly(" x ");
        assertThat(attribute("empty").defaults()).containsExactly("");
        assertThat(attribute("two").defaults()).containsExactly("a,b", "c");
        assertThat(attribute("nums").defaults()).containsExactly("1", "2");
        assertThat(attribute("lst").defaults()).containsExactly("p", "q");
        assertThat(attribute("c").defaults()).containsExactly(",");
        assertThat(attribute("nodef").defaults()).isEmpty();
    }

    @Test
    void takesAnEmptyListByDefaultAsNotRequired() throws Exception {
        assertThat(attribute("none").defaults()).isEmpty();
        assertThat(attribute("none").required()).isFalse();
    }

    @Test
    void readsEveryType() throws Exception {
        for (String type :
                List.of("String", "Password", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")) {
            assertThat(one("<AD id='k' type='" + type + "'/>").type().name()).isEqualToIgnoringCase(type);
        }
        assertThat(one("<AD id='k' type='Char'/>").type()).isEqualTo(Type.CHARACTER);
        assertThat(one("<AD id='k' type='Character'/>").type()).isEqualTo(Type.CHARACTER);
    }

    @Test
    void trimsDefaultsUnlessTheSpaceIsEscaped() throws Exception {
        assertThat(one("<AD id='k' type='String' cardinality='9' default=' a b , \\ c\\ ,,d\\'/>")
                        .defaults())
                .containsExactly("a b", " c ", "", "d\\");
    }

    @Test
    void takesAnEmptyDefaultOfANumberAsNone() throws Exception {
        assertThat(one("<AD id='k' type='Integer' default=''/>").defaults()).isEmpty();
    }

    @Test
    void leavesOtherNamespacesAndUnknownElementsAlone() throws Exception {
        String inner = "<x:AD xmlns:x='urn:x' id='k' type='y'><AD/></x:AD><Icon resource='i' size='1'/>"
                + "<AD id='k' type='String'><x:Option xmlns:x='urn:x'/><Other/></AD>";

        assertThat(read("<Any/>" + OCD.formatted(inner)).get(0).attributes()).hasSize(1);
    }

    @Test
    void readsSingletonsAndDesignationsBeforeTheirDefinition() throws Exception {
        List<Schema> schemas = read("<Designate pid='a'><Object ocdref='o'/></Designate>"
                + "<Designate factoryPid='b' pid='c'><Object ocdref='o'/></Designate><OCD id='o'/>");

        assertThat(schemas).extracting(Schema::pid).containsExactly("a", "b");
        assertThat(schemas).extracting(Schema::isFactory).containsExactly(false, true);
    }

    @Test
    void namesSourceAndLineOfBrokenXml() {
        assertFails("<MetaData>\n<OCD id='a'\n</MetaData>")
                .startsWith("x.xml:3: ")
                .doesNotContain("ParseError");
        assertFails("").startsWith("x.xml:1: ");
        assertFails("<MetaData></MetaData><again/>").startsWith("x.xml:1: ");
        assertFails("<MetaData>text</MetaData>").startsWith("x.xml:1: ");
        assertFails("<html/>").isEqualTo("x.xml:1: the document begins with html (allowed: MetaData)");
        assertFails("<MetaData xmlns='urn:x'/>").startsWith("x.xml:1: the document begins with MetaData");
    }

    @Test
    void readsEncodingsAndNamesTheLineOfAByteThatIsWrong() throws Exception {
        String document =
                "<MetaData><OCD id='o' name='\u00e4'/><Designate pid='a'><Object ocdref='o'/></Designate></MetaData>";
        String latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + document;

        for (byte[] bytes : List.of(
                document.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + document).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + document).getBytes(StandardCharsets.UTF_16BE),
                latin.getBytes(StandardCharsets.ISO_8859_1))) {
            assertThat(MetatypeReader.read(new ByteArrayInputStream(bytes), SOURCE))
                    .extracting(Schema::name)
                    .containsExactly("\u00e4");
        }
        assertFails("<?xml version='1.0' encoding='X'?><MetaData/>").isEqualTo("x.xml:1: the encoding X is not known");
        byte[] wrong = "<MetaData>\n\n\u00e4".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> MetatypeReader.read(new ByteArrayInputStream(wrong), SOURCE))
                .hasMessage("x.xml:3: the byte at 13 is not of UTF-8");
    }

    @Test
    void refusesDocumentTypesAndEntities() {
        assertFails("<!DOCTYPE MetaData SYSTEM 'file:///etc/passwd'>\n<MetaData/>")
                .isEqualTo("x.xml:1: a document type is not allowed");
        assertFails("<!DOCTYPE MetaData [<!ENTITY a 'b'>]>\n<MetaData>&a;</MetaData>")
                .isEqualTo("x.xml:1: a document type is not allowed");
    }

    @Test
    void refusesADocumentThatIsTooLarge() {
        assertFails("<MetaData>" + " ".repeat(1 << 20) + "</MetaData>")
                .isEqualTo("x.xml: the document has more than 1048576 bytes");
    }

    @Test
    void refusesWhatIsNotMetatype() {
        assertFailsInside("<OCD/>").isEqualTo("x.xml:2: OCD has no attribute id");
        assertFailsInside("<OCD id='o'/><OCD id='o'/>").isEqualTo("x.xml:2: the OCD o is there twice");
        assertFailsInside("<Designate/>").isEqualTo("x.xml:2: Designate has no attribute pid");
        assertFailsInside("<Designate pid='a'/>").isEqualTo("x.xml:2: the Designate of a has 0 Objects (allowed: 1)");
        assertFailsInside("<Designate pid='a~b'/>")
                .isEqualTo("x.xml:2: 'a~b' is not a PID (allowed: words of letters, digits, '_' and '-',"
                        + " separated by '.')");
        assertFailsInside("<Designate pid='a'><Object ocdref='x'/></Designate><OCD id='o'/>")
                .isEqualTo("x.xml:2: Object refers to the OCD x (allowed: [o])");
        assertFailsInside(OCD.formatted("") + "<Designate pid='a.b'><Object ocdref='o'/></Designate>")
                .isEqualTo("x.xml: a.b is designated twice (allowed: once)");
    }

    @Test
    void refusesWrongAttributes() {
        assertFailsInOcd("<AD id='k'/>").isEqualTo("x.xml:2: AD has no attribute type");
        assertFailsInOcd("<AD id='k' type='BigInteger'/>")
                .startsWith("x.xml:2: the type BigInteger is not known (allowed: String,");
        assertFailsInOcd("<AD id='k' type='String' cardinality='many'/>")
                .isEqualTo("x.xml:2: cardinality = many is not an integer");
        assertFailsInOcd("<AD id='k' type='String' required='no'/>")
                .isEqualTo("x.xml:2: required = no is not a Boolean (allowed: true, false)");
        assertFailsInOcd("<AD id='k' type='Long' min='x'/>")
                .isEqualTo("x.xml:2: k has min = x, which is not an integer");
        assertFailsInOcd("<AD id='k' type='String' max='long'/>")
                .isEqualTo("x.xml:2: k has max = long, which is not an integer");
        assertFailsInOcd("<AD id='k' type='Boolean' min='1'/>")
                .isEqualTo("x.xml:2: k has min = 1, but a Boolean has no bounds");
        assertFailsInOcd("<AD id='k' type='Long' min='3' max='2'/>").isEqualTo("x.xml:2: k has min = 3 above max = 2");
        assertFailsInOcd("<AD id='k' type='Long'/><AD id='k' type='Long'/>")
                .isEqualTo("x.xml:2: the OCD o has the AD k twice");
        assertFailsInOcd("<AD id='k' type='String'><Option label='l'/></AD>")
                .isEqualTo("x.xml:2: Option has no attribute value");
    }

    @Test
    void saysThatAStreamCannotBeRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }
        };

        assertThatThrownBy(() -> MetatypeReader.read(broken, SOURCE))
                .isInstanceOf(MetatypeException.class)
                .hasMessage("x.xml: cannot be read: disk on fire")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void readsAllDocumentsOfAJar() throws Exception {
        Path jar = jar(
                "OSGI-INF/metatype/b.xml",
                document("b"),
                "OSGI-INF/metatype/a.xml",
                document("a"),
                "OSGI-INF/metatype/deep/c.xml",
                "no XML",
                "OSGI-INF/component.xml",
                "no XML");

        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(MetatypeReader.readJar(file)).extracting(Schema::pid).containsExactly("a", "b");
        }
    }

    @Test
    void namesTheJarAndItsDocument() throws Exception {
        Path broken = jar("OSGI-INF/metatype/b.xml", "no XML");
        try (JarFile file = new JarFile(broken.toFile())) {
            assertThatThrownBy(() -> MetatypeReader.readJar(file))
                    .isInstanceOf(MetatypeException.class)
                    .hasMessageStartingWith("plugin.jar!/OSGI-INF/metatype/b.xml:1: ");
        }
        Path twice = jar("OSGI-INF/metatype/a.xml", document("p"), "OSGI-INF/metatype/b.xml", document("p"));
        try (JarFile file = new JarFile(twice.toFile())) {
            assertThatThrownBy(() -> MetatypeReader.readJar(file))
                    .hasMessage("plugin.jar: p is designated twice (allowed: once)");
        }
    }

    private static String document(String pid) {
        return "<MetaData><OCD id='o'/><Designate pid='" + pid + "'><Object ocdref='o'/></Designate></MetaData>";
    }

    private Path jar(String... namesAndContents) throws IOException {
        Path jar = directory.resolve("plugin.jar");
        try (JarOutputStream out = new JarOutputStream(new FileOutputStream(jar.toFile()))) {
            for (int index = 0; index < namesAndContents.length; index += 2) {
                out.putNextEntry(new JarEntry(namesAndContents[index]));
                out.write(namesAndContents[index + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static Schema bnd() throws Exception {
        try (InputStream document = MetatypeReaderTest.class.getResourceAsStream("bnd.xml")) {
            return MetatypeReader.read(document, "bnd.xml").get(0);
        }
    }

    private static Attribute attribute(String key) throws Exception {
        return bnd().attribute(key).orElseThrow();
    }

    private static Attribute one(String inner) throws MetatypeException {
        return read(OCD.formatted(inner)).get(0).attribute("k").orElseThrow();
    }

    private static List<Schema> read(String inner) throws MetatypeException {
        return readDocument("<MetaData>\n" + inner + "</MetaData>");
    }

    private static List<Schema> readDocument(String document) throws MetatypeException {
        return MetatypeReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), SOURCE);
    }

    private static AbstractStringAssert<?> assertFailsInOcd(String inner) {
        return assertFailsInside(OCD.formatted(inner));
    }

    private static AbstractStringAssert<?> assertFailsInside(String inner) {
        return assertFails("<MetaData>\n" + inner + "\n</MetaData>");
    }

    private static AbstractStringAssert<?> assertFails(String document) {
        try {
            throw new AssertionError("read " + readDocument(document));
        } catch (MetatypeException e) {
            return assertThat(e.getMessage());
        }
    }
}
