// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A description of a component, as SCR reads it.
 *
 * @param file           where it stands
 * @param implementation the class
 * @param services       interfaces that it provides
 * @param pids           that configure it, as they are written; empty if that is left to SCR, which takes the name
 * @param policy         {@code optional} if nothing is written
 * @param immediate      whether SCR constructs it as soon as it can: also when nothing is written and it provides no service
 * @param modified       the method that takes another configuration, or an empty text
 */
record Component(
        String file,
        String implementation,
        List<String> services,
        List<String> pids,
        String policy,
        boolean immediate,
        String modified) {
    Component {
        services = List.copyOf(services);
        pids = List.copyOf(pids);
    }

    /** All that a jar has: what stands in its header is what SCR reads. */
    static List<Component> of(Path jar) throws IOException {
        List<Component> components = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String entry : Manifests.clauses(Manifests.header(jar, "Service-Component"))) {
                if (file.getEntry(entry) == null) {
                    throw new IOException(jar + " has no " + entry + ", which its Service-Component names");
                }
                try (InputStream in = file.getInputStream(file.getEntry(entry))) {
                    components.addAll(read(jar.getFileName() + "!/" + entry, in));
                }
            }
        }
        return components;
    }

    static Component parse(String xml) throws IOException {
        return read("a.xml", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }

    private static List<Component> read(String file, InputStream in) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Element root = factory.newDocumentBuilder().parse(in).getDocumentElement();
            List<Element> found = root.getLocalName().equals("component") ? List.of(root) : elements(root, "component");
            return found.stream().map(element -> of(file, element)).toList();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Component of(String file, Element component) {
        List<String> services = elements(component, "provide").stream()
                .map(provide -> provide.getAttribute("interface"))
                .toList();
        String immediate = component.getAttribute("immediate").strip();
        boolean byDefault = services.isEmpty() && !component.hasAttribute("factory");
        String policy = component.getAttribute("configuration-policy");
        return new Component(
                file,
                elements(component, "implementation").get(0).getAttribute("class"),
                services,
                List.of(component.getAttribute("configuration-pid").strip().split("\\s+")).stream()
                        .filter(pid -> !pid.isEmpty())
                        .toList(),
                policy.isEmpty() ? "optional" : policy,
                immediate.isEmpty() ? byDefault : List.of("true", "1").contains(immediate),
                component.getAttribute("modified"));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagNameNS("*", name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .toList();
    }
}
