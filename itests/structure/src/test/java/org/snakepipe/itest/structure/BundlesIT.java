// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What manifests and component descriptions of our bundles must not say. */
class BundlesIT {
    @Test
    void nothingIsImportedThatMayBeMissing() throws IOException {
        for (Path jar : Shipped.jars()) {
            Attributes headers = headers(jar);
            assertThat(headers.getValue("DynamicImport-Package")).as("%s", jar).isNull();
            assertThat(String.valueOf(headers.getValue("Import-Package")))
                    .as("%s", jar)
                    .doesNotContain("resolution:=");
            assertThat(String.valueOf(headers.getValue("Require-Bundle")))
                    .as("%s", jar)
                    .isEqualTo("null");
        }
    }

    @Test
    void noJarIsInsideAJar() throws IOException {
        for (Path jar : Shipped.jars()) {
            assertThat(headers(jar).getValue("Bundle-ClassPath")).as("%s", jar).isNull();
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.stream().map(JarEntry::getName))
                        .as("%s", jar)
                        .noneMatch(name -> name.endsWith(".jar"))
                        .filteredOn(name -> name.endsWith(".class"))
                        .allMatch(name -> name.startsWith("org/snakepipe/"));
            }
        }
    }

    /** A constructor that hangs on the thread which delivers configuration would end configuration for the process. */
    @Test
    void whatIsConfiguredIsConstructedLater() throws Exception {
        List<String> definitions = new ArrayList<>();
        for (Path jar : Shipped.jars()) {
            for (Element component : components(jar)) {
                if (isDefinition(component)) {
                    definitions.add(component.getAttribute("name"));
                    assertThat(component.getAttribute("immediate"))
                            .as("immediate of %s", component.getAttribute("name"))
                            .isNotEqualTo("true");
                }
            }
        }

        assertThat(definitions).as("definitions that were found").hasSizeGreaterThanOrEqualTo(8);
    }

    private static boolean isDefinition(Element component) {
        return component.getAttribute("configuration-policy").equals("require")
                && component.getAttribute("configuration-pid").startsWith("snakepipe.");
    }

    private static Attributes headers(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static List<Element> components(Path jar) throws IOException, ParserConfigurationException, SAXException {
        List<Element> components = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream()
                    .filter(candidate -> candidate.getName().matches("OSGI-INF/[^/]+\\.xml"))
                    .toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    components.add(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(in)
                            .getDocumentElement());
                }
            }
        }
        return components;
    }
}
