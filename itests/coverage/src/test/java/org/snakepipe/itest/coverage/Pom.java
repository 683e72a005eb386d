// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a {@code pom.xml} says about the build.
 *
 * @param artifactId   its name
 * @param modules      directories below its own
 * @param dependencies artifact ids of ours, with their scopes
 */
record Pom(String artifactId, List<String> modules, Map<String, String> dependencies) {
    static Pom read(Path directory) throws IOException {
        Element project = parse(directory.resolve("pom.xml"));
        Map<String, String> dependencies = new TreeMap<>();
        children(project, "dependencies")
                .flatMap(list -> children(list, "dependency"))
                .filter(dependency -> text(dependency, "groupId").equals("org.snakepipe"))
                .forEach(dependency -> dependencies.put(
                        text(dependency, "artifactId"),
                        text(dependency, "scope").isEmpty() ? "compile" : text(dependency, "scope")));
        return new Pom(
                text(project, "artifactId"),
                children(project, "modules")
                        .flatMap(list -> children(list, "module"))
                        .map(module -> module.getTextContent().strip())
                        .toList(),
                dependencies);
    }

    /** The modules that hold something, by their directories: {@code bundles/org.snakepipe.api}. */
    static Map<String, String> modules(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (String module : read(root).modules()) {
            collect(root, module, found);
        }
        return found;
    }

    private static void collect(Path root, String directory, Map<String, String> found) throws IOException {
        Pom pom = read(root.resolve(directory));
        if (pom.modules().isEmpty()) {
            found.put(directory, pom.artifactId());
        }
        for (String module : pom.modules()) {
            collect(root, directory + "/" + module, found);
        }
    }

    static Element parse(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not there");
        }
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Stream<Element> children(Element parent, String name) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .<Node>mapToObj(parent.getChildNodes()::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }

    private static String text(Element parent, String name) {
        return children(parent, name)
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse("");
    }
}
