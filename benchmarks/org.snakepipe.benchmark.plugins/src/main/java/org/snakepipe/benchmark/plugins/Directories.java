// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Directories with a plugin each: the same jars for everybody. */
final class Directories {
    private static final int CLASSES = 20;
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="p%1$d">
              <service><provide interface="org.snakepipe.api.pipeline.Sink"/></service>
              <implementation class="p.p%1$d.Definition"/>
            </scr:component>
            """;
    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="p%1$d" name="p%1$d"><AD id="path" type="String"/><AD id="size" type="Integer" default="10"/></OCD>
              <Designate factoryPid="snakepipe.p%1$d"><Object ocdref="p%1$d"/></Designate>
            </metatype:MetaData>
            """;

    private Directories() {}

    /** Makes them. The files are old, as those of an installation. */
    static List<Path> make(Path root, int count, Collection<Scan> scans) throws IOException {
        List<Path> directories = new ArrayList<>();
        Map<String, byte[]> more = new TreeMap<>();
        for (Scan scan : scans) {
            more.putAll(scan.entries());
        }
        for (int i = 0; i < count; i++) {
            Path directory = Files.createDirectories(root.resolve("plugin" + i));
            Path jar = directory.resolve("plugin" + i + ".jar");
            write(jar, i, more);
            Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            directories.add(directory);
        }
        return directories;
    }

    private static void write(Path jar, int i, Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>(more);
        entries.put("OSGI-INF/p.xml", String.format(COMPONENT, i).getBytes(StandardCharsets.UTF_8));
        entries.put("OSGI-INF/metatype/p.xml", String.format(METATYPE, i).getBytes(StandardCharsets.UTF_8));
        byte[] code = bytes(Directories.class);
        for (int one = 0; one < CLASSES; one++) {
            entries.put("p/p" + i + "/C" + one + ".class", code);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write(manifest(i).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    private static String manifest(int i) {
        return String.join(
                "\n",
                "Manifest-Version: 1.0",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: plugin" + i,
                "Bundle-Version: 1.0.0",
                "Service-Component: OSGI-INF/p.xml",
                "Import-Package: org.snakepipe.api.pipeline;version=\"[1,2)\"",
                "Provide-Capability: org.snakepipe.plugin;kind=sink;name=p" + i,
                "Plugin-Id: plugin" + i,
                "Plugin-Version: 1.0.0",
                "",
                "");
    }

    /** The class file of a class. */
    static byte[] bytes(Class<?> type) throws IOException {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
