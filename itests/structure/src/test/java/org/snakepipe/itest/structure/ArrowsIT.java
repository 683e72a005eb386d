// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may import which, held against the class files. */
class ArrowsIT {
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
            Map.entry("events", Set.of("api", "control")),
            Map.entry("logging", Set.of("api", "control")),
            Map.entry("plugins", Set.of("api", "control", "schema")),
            Map.entry("engine", Set.of("api", "control")),
            Map.entry("verbs", Set.of("api", "control", "environment", "schema", "validation")),
            Map.entry("command", Set.of("api", "control", "environment", "schema", "verbs")),
            Map.entry("cli", Set.of("api", "environment", "schema", "validation", "verbs")),
            Map.entry("jdbc", Set.of("api")),
            Map.entry("sink.jdbc", Set.of("api", "jdbc")),
            Map.entry("sink.file", Set.of("api")),
            Map.entry("source.file", Set.of("api")),
            Map.entry("transform.ast", Set.of("api")),
            Map.entry("transform.core", Set.of("api")),
            Map.entry("transform.validate", Set.of("api")),
            Map.entry("runtime", Set.of("api", "control")),
            Map.entry("runtime.build", Set.of()));

    private static final Rule ARROWS = Rule.ofTheHouse(
            1, "a room imports only the rooms that the table of rooms allows, and of them only what they export");

    /** A room that is not here, or not shipped, would escape all rules. */
    @Test
    void everyRoomHasItsArrowsAndIsShipped() {
        List<String> breaches = new ArrayList<>();
        Set<String> shipped = new TreeSet<>(Shipped.JARS.keySet());
        shipped.add("runtime.build");
        Set<String> read = new TreeSet<>();
        Shipped.classes().forEach(origin -> read.add(Shipped.room(origin)));
        for (String room : Shipped.ROOMS) {
            if (!ALLOWED.containsKey(room)) {
                breaches.add(room + " is not in ArrowsIT.ALLOWED: give it a line there and in docs/architecture.md");
            }
            if (!shipped.contains(room)) {
                breaches.add(
                        room + " has a pom.xml and no jar in the distribution: make it a module of bundles/pom.xml, a"
                                + " dependency of runtime/pom.xml, and a bundle of one of features/");
            } else if (!read.contains(room)) {
                breaches.add(room + " has no class that could be read");
            }
        }
        Stream.of(ALLOWED.keySet(), shipped, read)
                .flatMap(Set::stream)
                .filter(room -> !Shipped.ROOMS.contains(room))
                .forEach(room -> breaches.add("'" + room + "' is no room: there is no pom.xml of it below bundles/"));

        Rule.ofTheHouse(1, "each room has its arrows").isHeld(breaches);
    }

    @Test
    void roomsImportOnlyWhatTheArrowsAllow() {
        List<String> breaches = new ArrayList<>();
        Uses.all().forEach(dependency -> {
            String room = Shipped.room(dependency.getOriginClass());
            JavaClass target = Uses.target(dependency);
            String other = Shipped.room(target);
            if (other.isEmpty() || other.equals(room)) {
                return;
            }
            Set<String> allowed = ALLOWED.getOrDefault(room, Set.of());
            if (!allowed.contains(other)) {
                breaches.add(Uses.of(dependency) + ": " + room + " may not import " + other + " (allowed: "
                        + new TreeSet<>(allowed) + ")");
            } else if (target.getPackageName().contains(".internal")) {
                breaches.add(Uses.of(dependency) + ": " + other + " does not export it");
            }
        });
        ARROWS.isHeld(breaches);
    }

    @Test
    void theApiIsMadeOfTheJdkAlone() {
        List<String> breaches = Uses.all()
                .filter(dependency -> Shipped.room(dependency.getOriginClass()).equals("api"))
                .filter(dependency -> !isJdkOrApi(Uses.target(dependency)))
                .map(Uses::of)
                .toList();

        Rule.ofTheHouse(2, "the API is made of the JDK alone, and of annotations that are gone at run time")
                .isHeld(breaches);
    }

    private static boolean isJdkOrApi(JavaClass target) {
        return target.isPrimitive()
                || target.getPackageName().startsWith("java.")
                || Shipped.room(target).equals("api")
                || Uses.isAnnotationOfThePlatform(target);
    }
}
