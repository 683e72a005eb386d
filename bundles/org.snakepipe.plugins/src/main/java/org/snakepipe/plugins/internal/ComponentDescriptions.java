// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.snakepipe.control.PluginRejected;

/**
 * Reads component descriptions and refuses definitions that would be constructed as soon as their configuration is there:
 * a constructor that hangs would hang on the thread that delivers all configuration.
 */
final class ComponentDescriptions {
    private static final String CODE = "plugin.component";
    private static final Set<String> DEFINITIONS = Set.of(
            "org.snakepipe.api.pipeline.Source",
            "org.snakepipe.api.pipeline.Transform",
            "org.snakepipe.api.pipeline.Sink",
            "org.snakepipe.api.pipeline.Resource");
    private static final XMLInputFactory XML = factory();

    private final DroppedFile file;
    private final JarFile jar;
    private final BundleManifest manifest;

    ComponentDescriptions(DroppedFile file, JarFile jar, BundleManifest manifest) {
        this.file = file;
        this.jar = jar;
        this.manifest = manifest;
    }

    /** Reads every description that the manifest names. */
    void check(List<JarEntry> entries) throws PluginRejected, IOException {
        for (String pattern : manifest.componentFiles()) {
            Pattern names = pattern(pattern);
            List<JarEntry> found = entries.stream()
                    .filter(entry -> names.matcher(entry.getName()).matches())
                    .toList();
            if (found.isEmpty() && !pattern.contains("*")) {
                throw file.rejected(
                        CODE, "names " + pattern + " in Service-Component and does not have it; build it again", null);
            }
            for (JarEntry entry : found) {
                check(entry);
            }
        }
    }

    private void check(JarEntry entry) throws PluginRejected, IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            for (Component component : components(XML.createXMLStreamReader(in))) {
                check(component);
            }
        } catch (XMLStreamException e) {
            throw file.rejected(
                    CODE,
                    "has a component description that cannot be read: " + entry.getName() + ":"
                            + e.getLocation().getLineNumber() + ": "
                            + e.getMessage()
                                    .lines()
                                    .reduce((first, last) -> last)
                                    .orElse(""),
                    e);
        }
    }

    private void check(Component component) throws PluginRejected {
        if (!component.isDefinition(manifest.definitions())) {
            return;
        }
        if (component.immediate.equals("true")) {
            throw file.rejected(
                    CODE,
                    "has an immediate definition: component " + component
                            + " says immediate=\"true\" (allowed: delayed); remove 'immediate = true' from @Component",
                    null);
        }
        if (component.services.isEmpty()) {
            throw file.rejected(
                    CODE,
                    "has an immediate definition: component " + component
                            + " provides no service; let it implement Source, Transform, Sink or Resource",
                    null);
        }
    }

    private static List<Component> components(XMLStreamReader xml) throws XMLStreamException {
        List<Component> components = new ArrayList<>();
        Component current = new Component();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("component")) {
                current = new Component();
                components.add(current);
            }
            current.element(xml);
        }
        return components;
    }

    /** A {@code *} stands for any characters within the last part of a path. */
    private static Pattern pattern(String path) {
        StringBuilder regex = new StringBuilder();
        for (String literal : path.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : "[^/]*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString());
    }

    /** Nothing outside of the jar is read, and no entity is expanded. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** One component while it is read. */
    private static final class Component {
        private final List<String> services = new ArrayList<>();
        private String name = "";
        private String implementation = "";
        private String immediate = "";

        private void element(XMLStreamReader xml) {
            switch (xml.getLocalName()) {
                case "component" -> {
                    name = attribute(xml, "name");
                    immediate = attribute(xml, "immediate");
                }
                case "implementation" -> implementation = attribute(xml, "class");
                case "provide" -> services.add(attribute(xml, "interface"));
                default -> {
                    // Properties and references do not matter here.
                }
            }
        }

        private boolean isDefinition(List<String> named) {
            return named.contains(implementation) || services.stream().anyMatch(DEFINITIONS::contains);
        }

        private static String attribute(XMLStreamReader xml, String name) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? "" : value.trim();
        }

        @Override
        public String toString() {
            return name.isEmpty() ? implementation : name;
        }
    }
}
