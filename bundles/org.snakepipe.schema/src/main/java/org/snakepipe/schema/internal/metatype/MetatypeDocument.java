// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.metatype;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.Traits;

/** Reads one Metatype document. Not thread-safe. */
public final class MetatypeDocument {
    private final MetatypeCursor xml;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final List<Designation> designations = new ArrayList<>();

    private MetatypeDocument(MetatypeCursor xml) {
        this.xml = xml;
    }

    /**
     * Reads a document.
     *
     * @throws XMLStreamException if it is not XML, or not Metatype; the location says where
     */
    public static List<Schema> read(byte[] document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(DocumentText.of(document)));
        try {
            return new MetatypeDocument(new MetatypeCursor(xml)).schemas();
        } finally {
            xml.close();
        }
    }

    private List<Schema> schemas() throws XMLStreamException {
        xml.begin();
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "OCD" -> readDefinition();
                case "Designate" -> readDesignation();
                default -> xml.skip();
            }
        }
        xml.end();
        List<Schema> schemas = new ArrayList<>();
        for (Designation designation : designations) {
            schemas.add(schema(designation));
        }
        return schemas;
    }

    private Schema schema(Designation designation) throws XMLStreamException {
        Definition definition = definitions.get(designation.reference);
        if (definition == null) {
            throw new XMLStreamException(
                    "Object refers to the OCD " + designation.reference + " (allowed: " + definitions.keySet() + ")",
                    designation.location);
        }
        try {
            return compiled(designation, definition);
        } catch (IllegalArgumentException e) {
            throw new XMLStreamException(e.getMessage(), definition.location);
        }
    }

    private static Schema compiled(Designation designation, Definition definition) {
        return new Schema(
                designation.pid,
                designation.factory,
                definition.name,
                definition.description,
                List.copyOf(definition.attributes.values()),
                definition.traits);
    }

    private void readDefinition() throws XMLStreamException {
        String id = xml.required("id");
        Definition definition = new Definition(
                xml.optional("name"),
                xml.optional("description"),
                new LinkedHashMap<>(),
                AttributeExtensions.traits(xml),
                xml.location());
        while (xml.nextChild()) {
            if (xml.name().equals("AD")) {
                Attribute attribute = AttributeElement.read(xml);
                if (definition.attributes.put(attribute.key(), attribute) != null) {
                    throw xml.wrong("the OCD " + id + " has the AD " + attribute.key() + " twice");
                }
            } else {
                xml.skip();
            }
        }
        if (definitions.put(id, definition) != null) {
            throw xml.wrong("the OCD " + id + " is there twice");
        }
    }

    private void readDesignation() throws XMLStreamException {
        String factoryPid = xml.optional("factoryPid");
        String pid = factoryPid.isEmpty() ? xml.required("pid") : factoryPid;
        try {
            new ConfigId(pid, "");
        } catch (IllegalArgumentException e) {
            throw xml.wrong(e.getMessage());
        }
        int before = designations.size();
        while (xml.nextChild()) {
            if (xml.name().equals("Object")) {
                designations.add(new Designation(pid, !factoryPid.isEmpty(), xml.required("ocdref"), xml.location()));
            }
            xml.skip();
        }
        if (designations.size() != before + 1) {
            throw xml.wrong(
                    "the Designate of " + pid + " has " + (designations.size() - before) + " Objects (allowed: 1)");
        }
    }

    private record Definition(
            String name, String description, Map<String, Attribute> attributes, Traits traits, Location location) {}

    private record Designation(String pid, boolean factory, String reference, Location location) {}
}
