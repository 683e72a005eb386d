// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may know OSGi, and how much of it. */
class PlatformIT {
    /**
     * Room to the packages of OSGi and of what we run on that it may use. A room that is not here uses none. What is added
     * here has a reason: it is one more thing that the room cannot be tested without.
     */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "watch",
                    Set.of(
                            "org.osgi.framework",
                            "org.osgi.service.cm",
                            "org.osgi.util.tracker",
                            "org.apache.felix.fileinstall"),
            "secrets", Set.of("org.osgi.framework"),
            "plugins",
                    Set.of(
                            "org.osgi.framework",
                            "org.osgi.framework.hooks.resolver",
                            "org.osgi.framework.wiring",
                            "org.osgi.resource",
                            "org.osgi.service.resolver"),
            "rollout",
                    Set.of(
                            "org.osgi.framework",
                            "org.osgi.framework.startlevel",
                            "org.osgi.service.cm",
                            "org.osgi.service.component.runtime",
                            "org.osgi.service.component.runtime.dto",
                            "org.osgi.service.condition",
                            "org.osgi.service.coordinator",
                            "org.osgi.util.tracker",
                            // The interface of ConfigurationAdmin's store.
                            "org.apache.felix.cm"),
            // References, to know whether somebody handles events without getting the services.
            "events", Set.of("org.osgi.service.event", "org.osgi.framework"),
            // Its backend takes another configuration only as a ManagedService.
            "logging", Set.of("org.osgi.framework", "org.osgi.service.cm"),
            "engine", Set.of("org.osgi.framework", "org.osgi.util.tracker"),
            "command", Set.of("org.osgi.framework", "org.apache.felix.service.command", "org.apache.felix.gogo.jline"),
            // A driver's factory is an interface over the JDK alone: it works on a plain class path.
            "jdbc", Set.of("org.osgi.service.jdbc"),
            "runtime",
                    Set.of(
                            "org.osgi.framework",
                            "org.osgi.framework.launch",
                            "org.osgi.framework.startlevel",
                            // InstalledPlatform resolves all bundles and starts three: what is asked of it is about
                            // wiring.
                            "org.osgi.framework.wiring",
                            "org.osgi.service.condition"));

    /** Who may use it outside of {@code internal.osgi}: the launcher, and the one package that is no more than an interface. */
    private static final Set<String> WITHOUT_SHELLS = Set.of("runtime", "jdbc");

    /** Who starts before components do, or sees services that come and go on threads that must not construct. */
    private static final Set<String> TRACKING = Set.of(
            // FileInstall offers what it finds at once: the claim has to be there before any component could be.
            "org.snakepipe.watch.internal.osgi.WatchActivator",
            // Services of whatever class, of which only the references are looked at.
            "org.snakepipe.rollout.internal.osgi.OfferedServices",
            // Definitions are constructed in settle, on a disposable thread: SCR must not hand them over before.
            "org.snakepipe.engine.internal.osgi.DefinitionTracker",
            "org.snakepipe.engine.internal.osgi.EngineComponent");

    private static Set<String> allowed(String room) {
        return ALLOWED.getOrDefault(room, Set.of());
    }

    @Test
    void logicDoesNotKnowThePlatform() {
        List<String> breaches = Uses.all()
                .filter(dependency -> !Uses.isShell(dependency.getOriginClass()))
                .filter(dependency -> !WITHOUT_SHELLS.contains(Shipped.room(dependency.getOriginClass())))
                .filter(dependency -> Uses.isPlatform(Uses.target(dependency).getPackageName()))
                .map(Uses::of)
                .toList();

        Rule.ofTheHouse(
                        3,
                        "logic knows nothing of OSGi, Felix and pax-logging but annotations; what does is a shell, in"
                                + " internal.osgi")
                .isHeld(breaches);
    }

    @Test
    void aRoomUsesOnlyItsPartOfThePlatform() throws IOException {
        List<String> breaches = new ArrayList<>();
        Uses.all()
                .filter(dependency -> Uses.isPlatform(Uses.target(dependency).getPackageName()))
                .filter(dependency -> !allowed(Shipped.room(dependency.getOriginClass()))
                        .contains(Uses.target(dependency).getPackageName()))
                .map(dependency -> Uses.of(dependency) + ": not a part of the platform that "
                        + Shipped.room(dependency.getOriginClass()) + " may use")
                .forEach(breaches::add);
        // Manifests name also what only the code of a method mentions.
        for (Map.Entry<String, Path> jar : Shipped.JARS.entrySet()) {
            for (String imported : Manifests.imports(jar.getValue())) {
                if (Uses.isPlatform(imported) && !allowed(jar.getKey()).contains(imported)) {
                    breaches.add("the manifest of " + jar.getValue().getFileName() + " imports " + imported
                            + ": not a part of the platform that " + jar.getKey() + " may use");
                }
            }
        }

        Rule.ofTheHouse(4, "a room uses only those packages of the platform that PlatformIT.ALLOWED gives it")
                .isHeld(breaches);
    }

    @Test
    void onlyAFewTrackServicesOrActivateBundles() {
        Set<String> trackers = new TreeSet<>();
        Uses.all()
                .filter(dependency -> Uses.target(dependency).getPackageName().equals("org.osgi.util.tracker")
                        || Uses.target(dependency).getName().equals("org.osgi.framework.BundleActivator"))
                .forEach(dependency -> trackers.add(Uses.topLevel(dependency.getOriginClass())));
        List<String> breaches = new ArrayList<>();
        trackers.stream()
                .filter(tracker -> !TRACKING.contains(tracker))
                .forEach(tracker -> breaches.add(tracker + " is an activator, or tracks services"));
        TRACKING.stream()
                .filter(tracker -> !trackers.contains(tracker))
                .forEach(tracker ->
                        breaches.add(tracker + " does neither any more: take it out of PlatformIT.TRACKING"));

        Rule.ofTheHouse(
                        7,
                        "components are made by SCR; the few who cannot be are listed in PlatformIT.TRACKING, with why")
                .isHeld(breaches);
    }
}
