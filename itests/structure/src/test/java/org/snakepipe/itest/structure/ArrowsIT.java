// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md, held against the class files that are shipped. */
class ArrowsIT {
    private static final String OURS = "org.snakepipe.";

    /** Room to the rooms that it may import, apart from itself. What stands here is what docs/architecture.md says. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("control", Set.of("api")),
            Map.entry("environment", Set.of("api")),
            Map.entry("schema", Set.of("api")),
            Map.entry("watch", Set.of("api", "control")),
            Map.entry("validation", Set.of("api", "environment", "schema")),
            Map.entry("rollout", Set.of("api", "control", "environment", "schema", "validation")),
            Map.entry("secrets", Set.of("api", "control")),
            Map.entry("plugins", Set.of("api", "control", "schema")),
            Map.entry("engine", Set.of("api", "control")),
            Map.entry("verbs", Set.of("api", "control", "environment", "schema", "validation")),
            Map.entry("command", Set.of("api", "control", "verbs")),
            Map.entry("cli", Set.of("api", "environment", "schema", "validation", "verbs")),
            Map.entry("jdbc", Set.of("api")),
            Map.entry("sink.jdbc", Set.of("api", "jdbc")),
            Map.entry("sink.file", Set.of("api")),
            Map.entry("source.file", Set.of("api")),
            Map.entry("transform.ast", Set.of("api")),
            Map.entry("transform.core", Set.of("api")),
            Map.entry("transform.validate", Set.of("api")));

    /** Who starts before components do, or sees services that come and go on threads that must not construct. */
    private static final Set<String> TRACKING = Set.of(
            // FileInstall offers what it finds at once: the claim has to be there before any component could be.
            "org.snakepipe.watch.internal.osgi.WatchActivator",
            // Definitions are constructed in settle, on a disposable thread: SCR must not hand them over before.
            "org.snakepipe.engine.internal.osgi.DefinitionTracker",
            "org.snakepipe.engine.internal.osgi.EngineComponent");

    private static JavaClasses shipped;

    @BeforeAll
    static void readTheBundles() throws IOException {
        List<JarFile> jars = new ArrayList<>();
        for (Path jar : Shipped.jars()) {
            jars.add(new JarFile(jar.toFile()));
        }
        shipped = new ClassFileImporter().importJars(jars);
        assertThat(shipped).hasSizeGreaterThan(jars.size());
    }

    @Test
    void everyRoomHasItsArrows() throws IOException {
        assertThat(ALLOWED.keySet()).containsExactlyInAnyOrderElementsOf(Shipped.rooms());
    }

    @Test
    void roomsImportOnlyWhatTheArrowsAllow() {
        for (JavaClass origin : shipped) {
            String room = room(origin).orElseThrow();
            List<String> forbidden = origin.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> room(dependency.getTargetClass())
                            .filter(target ->
                                    !target.equals(room) && !ALLOWED.get(room).contains(target))
                            .isPresent())
                    .map(Object::toString)
                    .toList();
            assertThat(forbidden).as("what %s may not import", room).isEmpty();
        }
    }

    @Test
    void logicDoesNotKnowOsgi() {
        noClasses()
                .that(describe("are logic", ArrowsIT::isLogic))
                .should()
                .dependOnClassesThat(describe("are OSGi, apart from annotations and JDBC drivers", ArrowsIT::isOsgi))
                .check(shipped);
    }

    @Test
    void onlyAFewTrackServicesOrActivateBundles() {
        Set<String> trackers = new TreeSet<>();
        for (JavaClass origin : shipped) {
            boolean tracks = origin.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getName())
                    .anyMatch(name -> name.startsWith("org.osgi.util.tracker.")
                            || name.equals("org.osgi.framework.BundleActivator"));
            if (tracks) {
                trackers.add(origin.getName().replaceAll("\\$.*", ""));
            }
        }

        assertThat(trackers).containsExactlyInAnyOrderElementsOf(TRACKING);
    }

    @Test
    void theApiIsMadeOfTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("org.snakepipe.api..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.snakepipe.api..", "org.osgi.annotation..", "aQute.bnd.annotation.."))
                .check(shipped);
    }

    /** A driver's factory is an interface over the JDK alone: it works on a plain class path. */
    private static boolean isOsgi(JavaClass target) {
        String name = target.getPackageName();
        return (name.startsWith("org.osgi.framework")
                        || name.startsWith("org.osgi.service.")
                        || name.startsWith("org.osgi.util."))
                && !name.endsWith(".annotations")
                && !name.equals("org.osgi.service.jdbc");
    }

    /** Shells live in {@code internal.osgi}; a definition carries annotations, and is logic too. */
    private static boolean isLogic(JavaClass candidate) {
        return !candidate.getPackageName().contains(".internal.osgi");
    }

    /** The longest name of a room that the package begins with. */
    private static Optional<String> room(JavaClass candidate) {
        String name = candidate.getPackageName();
        return ALLOWED.keySet().stream()
                .filter(room -> name.equals(OURS + room) || name.startsWith(OURS + room + "."))
                .max(Comparator.comparingInt(String::length));
    }
}
