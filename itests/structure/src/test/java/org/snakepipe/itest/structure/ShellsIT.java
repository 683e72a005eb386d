// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code internal.osgi} may hold: otherwise logic could move into the one package where it may know OSGi. */
class ShellsIT {
    /** Rooms all of whose logic runs on a plain class path too. */
    private static final Set<String> PURE = Set.of("environment", "schema");

    private static final int LINES_OF_A_PURE_SHELL = 60;

    private static final Set<String> WITHOUT_THE_PLATFORM = Set.of(
            // Runs the activators of plugins, on a thread that can be given up: a part of what its neighbours do.
            "org.snakepipe.plugins.internal.osgi.ForeignCall");

    private static final Rule WHAT_IS_A_SHELL = Rule.ofTheHouse(
            6,
            "internal.osgi holds what touches the platform; in environment and schema, components that only pass calls on");

    /** Top-level classes, each with the room that it is in. */
    private static Map<String, String> shells() {
        Map<String, String> shells = new TreeMap<>();
        Shipped.classes().stream()
                .filter(Uses::isShell)
                .forEach(shell -> shells.put(Uses.topLevel(shell), Shipped.room(shell)));
        assertThat(shells.values()).as("rooms with shells").containsAll(PURE);
        return shells;
    }

    @Test
    void nobodyOutsideReachesIntoAShell() {
        List<String> breaches = Uses.all()
                .filter(dependency ->
                        !Uses.isShell(dependency.getOriginClass()) && Uses.isShell(Uses.target(dependency)))
                .map(Uses::of)
                .toList();

        Rule.ofTheHouse(5, "shells know the logic, and nothing knows them").isHeld(breaches);
    }

    @Test
    void shellsTouchThePlatform() {
        Set<String> touching = new TreeSet<>();
        Uses.all()
                .filter(dependency -> isOfThePlatform(Uses.target(dependency)))
                .forEach(dependency -> touching.add(Uses.topLevel(dependency.getOriginClass())));
        List<String> breaches = new ArrayList<>();
        Set<String> shells = shells().keySet();
        for (String shell : shells) {
            if (!touching.contains(shell) && !WITHOUT_THE_PLATFORM.contains(shell)) {
                breaches.add(shell + " uses nothing of the platform: it belongs into internal");
            }
        }
        for (String listed : WITHOUT_THE_PLATFORM) {
            if (!shells.contains(listed) || touching.contains(listed)) {
                breaches.add(listed + " need not be in ShellsIT.WITHOUT_THE_PLATFORM any more");
            }
        }

        WHAT_IS_A_SHELL.isHeld(breaches);
    }

    private static boolean isOfThePlatform(JavaClass target) {
        return Uses.isPlatform(target.getPackageName()) || Uses.isAnnotationOfThePlatform(target);
    }

    @Test
    void theShellsOfPureRoomsAreThinComponents() throws IOException {
        List<String> breaches = new ArrayList<>();
        Map<String, String> shells = shells();
        shells.values().retainAll(PURE);
        for (Map.Entry<String, String> shell : shells.entrySet()) {
            boolean component = Component.of(Shipped.JARS.get(shell.getValue())).stream()
                    .anyMatch(candidate -> candidate.implementation().equals(shell.getKey()));
            if (!component) {
                breaches.add(shell.getKey() + " is no component: it belongs into internal");
            }
            int lines =
                    Files.readAllLines(source(shell.getValue(), shell.getKey())).size();
            if (lines > LINES_OF_A_PURE_SHELL) {
                breaches.add(shell.getKey() + " has " + lines + " lines (allowed: " + LINES_OF_A_PURE_SHELL
                        + "): what it does belongs into internal");
            }
        }

        WHAT_IS_A_SHELL.isHeld(breaches);
    }

    private static Path source(String room, String name) {
        return Shipped.BUNDLES.resolve("org.snakepipe." + room + "/src/main/java/" + name.replace('.', '/') + ".java");
    }
}
