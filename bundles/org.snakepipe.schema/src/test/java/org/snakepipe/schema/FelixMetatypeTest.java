// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.felix.metatype.AD;
import org.apache.felix.metatype.Designate;
import org.apache.felix.metatype.DesignateObject;
import org.apache.felix.metatype.MetaData;
import org.apache.felix.metatype.MetaDataReader;
import org.apache.felix.metatype.OCD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.service.metatype.AttributeDefinition;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;

/** Metatype that Felix, Karaf and Sling ship, read as Felix reads it; the guide lists the deliberate differences. */
class FelixMetatypeTest {
    private static final String DIRECTORY = "OSGI-INF/metatype/";

    /** One document of a jar of the class path. */
    record Document(File jar, String entry) {
        @Override
        public String toString() {
            return jar.getName() + "!/" + entry.substring(DIRECTORY.length());
        }

        InputStream open(JarFile file) throws IOException {
            return file.getInputStream(file.getEntry(entry));
        }
    }

    static Stream<Document> documents() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith(".jar"))
                .map(File::new)
                .flatMap(FelixMetatypeTest::documents)
                .sorted(Comparator.comparing(Document::toString));
    }

    private static Stream<Document> documents(File jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(DIRECTORY) && name.endsWith(".xml"))
                    .map(name -> new Document(jar, name))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(jar + " cannot be read", e);
        }
    }

    @Test
    void comparesDocumentsOfAllThree() {
        assertThat(documents().map(document -> document.jar().getName().replaceAll("-[0-9].*", "")))
                .contains(
                        "org.apache.felix.fileinstall",
                        "org.apache.felix.healthcheck.core",
                        "org.apache.karaf.management.server",
                        "org.apache.sling.auth.core",
                        "org.apache.sling.commons.scheduler",
                        "org.apache.sling.commons.threads")
                .hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void readsWhatFelixReads(Document document) throws Exception {
        try (JarFile file = new JarFile(document.jar());
                InputStream ours = document.open(file);
                InputStream theirs = document.open(file)) {
            Map<String, String> read = new TreeMap<>();
            MetatypeReader.read(ours, document.toString()).forEach(schema -> read.put(schema.pid(), text(schema)));

            assertThat(read).isEqualTo(felix(new MetaDataReader().parse(theirs)));
        }
    }

    private static String text(Schema schema) {
        List<String> lines = new ArrayList<>();
        lines.add(schema.isFactory() + " " + schema.name() + " " + schema.description());
        for (Attribute attribute : schema.attributes()) {
            lines.add(String.join(
                    "|",
                    attribute.key(),
                    attribute.type().toString(),
                    "" + attribute.cardinality(),
                    "" + attribute.required(),
                    attribute.defaults().toString(),
                    attribute.min() + "" + attribute.max(),
                    attribute.options().stream().map(Option::value).toList().toString(),
                    attribute.options().stream().map(Option::label).toList().toString(),
                    attribute.name(),
                    attribute.description()));
        }
        return String.join("\n", lines);
    }

    private static Map<String, String> felix(MetaData data) {
        Map<String, String> read = new TreeMap<>();
        for (Object each : data.getDesignates() == null ? List.of() : data.getDesignates()) {
            Designate designate = (Designate) each;
            DesignateObject object = designate.getObject();
            boolean factory = designate.getFactoryPid() != null
                    && !designate.getFactoryPid().isEmpty();
            OCD ocd = (OCD) data.getObjectClassDefinitions().get(object.getOcdRef());
            List<String> lines = new ArrayList<>();
            lines.add(factory + " " + orEmpty(ocd.getName()) + " " + orEmpty(ocd.getDescription()));
            Map<?, ?> attributes = ocd.getAttributeDefinitions();
            if (attributes != null) {
                attributes.values().forEach(ad -> lines.add(text((AD) ad)));
            }
            read.put(factory ? designate.getFactoryPid() : designate.getPid(), String.join("\n", lines));
        }
        return read;
    }

    private static String text(AD ad) {
        Type type = type(ad.getType());
        boolean text = type == Type.STRING || type == Type.PASSWORD;
        String[] values = ad.getDefaultValue();
        List<String> defaults = values == null ? List.of() : Arrays.asList(values);
        // The first and the second difference of the guide.
        boolean empty = defaults.equals(List.of("")) || defaults.isEmpty();
        boolean emptyList = values != null && ad.getCardinality() != 0 && empty;
        boolean none = empty && (!text || ad.getCardinality() != 0);
        String[] options = ad.getOptionValues() == null ? new String[0] : ad.getOptionValues();
        String[] labels = ad.getOptionLabels() == null ? new String[0] : ad.getOptionLabels();
        return String.join(
                "|",
                ad.getID(),
                type.toString(),
                "" + ad.getCardinality(),
                "" + (ad.isRequired() && !emptyList),
                (none ? List.of() : defaults).toString(),
                optional(ad.getMin()) + optional(ad.getMax()),
                Arrays.toString(options),
                Arrays.toString(labels),
                orEmpty(ad.getName()),
                orEmpty(ad.getDescription()));
    }

    private static String optional(String text) {
        return text == null || text.isEmpty() ? "Optional.empty" : "Optional[" + text + "]";
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static Type type(int type) {
        return switch (type) {
            case AttributeDefinition.STRING -> Type.STRING;
            case AttributeDefinition.LONG -> Type.LONG;
            case AttributeDefinition.INTEGER -> Type.INTEGER;
            case AttributeDefinition.SHORT -> Type.SHORT;
            case AttributeDefinition.CHARACTER -> Type.CHARACTER;
            case AttributeDefinition.BYTE -> Type.BYTE;
            case AttributeDefinition.DOUBLE -> Type.DOUBLE;
            case AttributeDefinition.FLOAT -> Type.FLOAT;
            case AttributeDefinition.BOOLEAN -> Type.BOOLEAN;
            case AttributeDefinition.PASSWORD -> Type.PASSWORD;
            default -> throw new AssertionError("type " + type);
        };
    }
}
