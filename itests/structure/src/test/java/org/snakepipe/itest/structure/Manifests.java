// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What the manifests of jars say. */
final class Manifests {
    private Manifests() {}

    static Attributes headers(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    /** A header; empty if it is not there. */
    static String header(Path jar, String name) throws IOException {
        String value = headers(jar).getValue(name);
        return value == null ? "" : value;
    }

    /** The packages that a jar imports. */
    static List<String> imports(Path jar) throws IOException {
        return clauses(header(jar, "Import-Package"));
    }

    /** The first parts of the clauses of a header: commas in quotes separate nothing. */
    static List<String> clauses(String header) {
        return Stream.of(header.replaceAll("\"[^\"]*\"", "").split(","))
                .map(clause -> clause.replaceFirst(";.*", "").strip())
                .filter(clause -> !clause.isEmpty())
                .toList();
    }
}
