// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rooms, and what is built of them: the jars that the distribution ships, and the demo, which it does not. */
final class Shipped {
    static final Path BUNDLES =
            Path.of(System.getProperty("snakepipe.bundles")).toAbsolutePath().normalize();

    private static final String OURS = "org.snakepipe.";
    private static final Path INSTALLATION = Path.of(System.getProperty("snakepipe.installation"));
    private static final Path DEMO = BUNDLES.resolveSibling("runtime/build/target/classes");

    /** The rooms without what all begin with: {@code sink.jdbc}. */
    static final List<String> ROOMS = rooms();

    /** The jars by their rooms; the launcher's is one of them. */
    static final Map<String, Path> JARS = jars();

    private Shipped() {}

    /** All classes of all rooms; read once. */
    static JavaClasses classes() {
        return Classes.ALL;
    }

    /** The room of a class of ours, or an empty text: the longest name that its package begins with. */
    static String room(JavaClass candidate) {
        String name = candidate.getPackageName() + ".";
        return ROOMS.stream()
                .filter(room -> name.startsWith(OURS + room + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static List<String> rooms() {
        return Stream.concat(
                        list(BUNDLES)
                                .filter(directory -> Files.exists(directory.resolve("pom.xml")))
                                .map(Shipped::name),
                        Stream.of("runtime", "runtime.build"))
                .sorted()
                .toList();
    }

    private static Map<String, Path> jars() {
        Map<String, Path> jars = new TreeMap<>();
        Stream.of("bundles", "plugins-available", "lib")
                .flatMap(directory -> list(INSTALLATION.resolve(directory)))
                .filter(jar -> jar.getFileName().toString().startsWith(OURS))
                .forEach(jar -> jars.put(name(jar).replaceFirst("-[0-9].*", ""), jar));
        return jars;
    }

    private static String name(Path path) {
        return path.getFileName().toString().substring(OURS.length());
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reading takes a second or two, and several tests ask. */
    private static final class Classes {
        private static final JavaClasses ALL = read();

        private static JavaClasses read() {
            List<Location> locations = new ArrayList<>();
            JARS.values().forEach(jar -> locations.add(Location.of(URI.create("jar:" + jar.toUri() + "!/"))));
            locations.add(Location.of(DEMO));
            return new ClassFileImporter().importLocations(locations);
        }
    }
}
