// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.snakepipe.control.House;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** Saves of moods, and what came of them: how often something was done, and whether anything was seen torn. */
final class Edits {
    private static final String LAST = "last";

    private final Scene scene;
    private final BundleContext context;
    private final List<ReloadResult> outcomes = new CopyOnWriteArrayList<>();
    private final ServiceRegistration<ReloadListener> registration;

    Edits(BundleContext context) throws InterruptedException {
        this.context = context;
        scene = new Scene(context).booted();
        makeConfig();
        registration = context.registerService(ReloadListener.class, outcomes::add, null);
        // What is asked for before it has been read would be refused.
        mark();
        begin();
    }

    /** Nobody makes it but people: where it is missing, nothing is written by command. */
    private void makeConfig() {
        try {
            Files.createDirectories(config().resolve("base"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Scene scene() {
        return scene;
    }

    Path config() {
        return scene.directory(House.CONFIG);
    }

    static String name(String name) {
        return Delicate.PID + "~" + name + ".cfg";
    }

    static String path(String name) {
        return "base/" + name(name);
    }

    Path file(String name) {
        return config().resolve(path(name));
    }

    String mood(String name) {
        ServiceReference<Delicate> reference = scene.byPid(Delicate.class, Delicate.PID + "~" + name);
        Delicate delicate = reference == null ? null : context.getService(reference);
        return delicate == null ? "none" : delicate.mood();
    }

    /** A file with this mood, which is in force. From now on it is counted. */
    Path applied(String name, String mood) throws InterruptedException {
        scene.save(path(name), "mood = " + mood + "\n");
        scene.outcome(ReloadResult.Status.APPLIED, name(name));
        begin();
        return file(name);
    }

    /** From now on it is counted. */
    void begin() {
        outcomes.clear();
    }

    void isAppliedOnce(String name, String mood) throws InterruptedException {
        isApplied(name, mood, 1);
    }

    /** The mood comes into force, with so many changes, and nothing else was seen of it. */
    void isApplied(String name, String mood, int times) throws InterruptedException {
        Scene.await(name + " is " + mood, () -> mood(name).equals(mood));
        mark();
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.cause().equals("config/" + path(LAST)))
                .extracting(ReloadResult::status)
                .as("what came of it: %s", outcomes)
                .containsOnly(ReloadResult.Status.APPLIED)
                .hasSize(times);
        assertThat(mood(name)).isEqualTo(mood);
    }

    static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** All files are gone again but the last: all of them at once would be taken for an accident. */
    void close() throws InterruptedException, IOException {
        registration.unregister();
        mark();
        if (Files.exists(config().resolve("local"))) {
            delete(config().resolve("local"));
        }
        try (Stream<Path> files = Files.list(config().resolve("base"))) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith(Delicate.PID))
                    .filter(one -> !one.equals(file(LAST)))
                    .toList()) {
                Files.delete(file);
            }
        }
        Scene.await(
                "all are gone",
                () -> context.getServiceReferences(Delicate.class, null).size() == 1);
        mark();
        scene.close();
    }

    /** Everything that was saved before has been told when this returns. */
    private void mark() throws InterruptedException {
        scene.save(path(LAST), "mood = " + System.nanoTime() + "\n");
        scene.outcome(ReloadResult.Status.APPLIED, name(LAST));
    }
}
