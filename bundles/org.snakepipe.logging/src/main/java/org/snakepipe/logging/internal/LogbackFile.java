// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.logging.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What logback reads: the file of the installation, with where it writes and how files roll, and the settings put into it. */
final class LogbackFile {
    private LogbackFile() {}

    /**
     * The file with other settings.
     *
     * @throws IOException if it is no configuration of logback
     */
    static byte[] with(byte[] installed, LogSettings settings) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(installed));
            change(document, settings);
            TransformerFactory transformers = TransformerFactory.newInstance();
            transformers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            transformers.newTransformer().transform(new DOMSource(document), new StreamResult(bytes));
            return bytes.toByteArray();
        } catch (SAXException | ParserConfigurationException | TransformerException e) {
            throw new IOException("it is no configuration of logback: " + e.getMessage(), e);
        }
    }

    private static void change(Document document, LogSettings settings) throws IOException {
        Element configuration = document.getDocumentElement();
        List<Element> roots = children(configuration, "root");
        if (roots.size() != 1) {
            throw new IOException("it has " + roots.size() + " elements <root> (allowed: 1)");
        }
        level(roots.get(0), settings.level());
        settings.loggers().forEach((name, level) -> {
            List<Element> known = children(configuration, "logger").stream()
                    .filter(logger -> logger.getAttribute("name").equals(name))
                    .toList();
            known.forEach(logger -> level(logger, level));
            if (known.isEmpty()) {
                Element logger = document.createElement("logger");
                logger.setAttribute("name", name);
                level(logger, level);
                configuration.insertBefore(logger, roots.get(0));
            }
        });
        settings.pattern().ifPresent(pattern -> {
            NodeList patterns = document.getElementsByTagName("pattern");
            for (int i = 0; i < patterns.getLength(); i++) {
                patterns.item(i).setTextContent(pattern.endsWith("%n") ? pattern : pattern + "%n");
            }
        });
    }

    /** Where it writes, and whether those above it do too, stays as the installation says. */
    private static void level(Element logger, String level) {
        // An element of this name would have the last word.
        children(logger, "level").forEach(logger::removeChild);
        logger.setAttribute("level", level);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
