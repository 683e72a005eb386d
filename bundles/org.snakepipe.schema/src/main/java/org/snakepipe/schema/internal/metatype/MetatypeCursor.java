// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.metatype;

import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.snakepipe.api.config.Extensions;

/** Walks over the elements of a Metatype document; those of other namespaces are left alone. Not thread-safe. */
final class MetatypeCursor {
    private static final String NAMESPACE = "http://www.osgi.org/xmlns/metatype/";

    private final XMLStreamReader xml;

    MetatypeCursor(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** Goes to the root element. */
    void begin() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw wrong("a document type is not allowed");
            }
        }
        if (!isOwn() || !name().equals("MetaData")) {
            throw wrong("the document begins with " + name() + " (allowed: MetaData)");
        }
    }

    /** Goes to the end of the document. */
    void end() throws XMLStreamException {
        while (xml.hasNext()) {
            xml.next();
        }
    }

    /** Goes to the next child element of ours, or behind the last one to the end of the parent. */
    boolean nextChild() throws XMLStreamException {
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (isOwn()) {
                return true;
            }
            skip();
        }
        return false;
    }

    /** Goes to the end of the current element. */
    void skip() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    String name() {
        return xml.getLocalName();
    }

    Location location() {
        return xml.getLocation();
    }

    /** An attribute without namespace, which must be there. */
    String required(String name) throws XMLStreamException {
        String text = attribute(name);
        if (text == null) {
            throw wrong(name() + " has no attribute " + name);
        }
        return text;
    }

    /** An attribute without namespace; empty when it is not there. */
    String optional(String name) {
        String text = attribute(name);
        return text == null ? "" : text;
    }

    /** An attribute without namespace; {@code null} when it is not there. */
    String attribute(String name) {
        return xml.getAttributeValue("", name);
    }

    /** An attribute of ours; empty when it is not there. */
    String extension(String name) {
        String text = xml.getAttributeValue(Extensions.NAMESPACE, name);
        return text == null ? "" : text;
    }

    XMLStreamException wrong(String message) {
        return new XMLStreamException(message, location());
    }

    private boolean isOwn() {
        String namespace = xml.getNamespaceURI();
        return namespace == null || namespace.isEmpty() || namespace.startsWith(NAMESPACE);
    }
}
