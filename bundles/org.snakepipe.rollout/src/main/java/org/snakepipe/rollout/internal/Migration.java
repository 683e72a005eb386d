// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigMigration;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginVersion;
import org.snakepipe.validation.edit.Edited;
import org.snakepipe.validation.edit.Fixes;

/**
 * Makes last good of plugins of before last good of those of now: their migrations edit its files, which are our copies. Used by
 * one thread.
 */
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    private static final String UNKNOWN = "0.0.0";
    private static final String CODE = "migration.failed";

    private final Drafter drafter;
    private final Installer installer;
    private final long millis;
    private final List<Problem> problems = new ArrayList<>();
    /** Those that are not last good of the plugins of now, whatever else is edited. */
    private final Set<ConfigId> failed = new TreeSet<>();

    private long end;

    /** @param millis how long all answers of a start may take */
    Migration(Drafter drafter, Installer installer, long millis) {
        this.drafter = drafter;
        this.installer = installer;
        this.millis = millis;
    }

    /** What could not be done, since this was asked last. */
    List<Problem> problems() {
        List<Problem> found = List.copyOf(problems);
        problems.clear();
        return found;
    }

    /** Whether a plugin has something to say of what was last good of an older one. @param digests as for {@link #of} */
    boolean isDue(Generation lastGood, Set<String> digests) {
        return !lastGood.files().isEmpty()
                && installer.versions(digests).stream().anyMatch(plugin -> isDue(lastGood, plugin));
    }

    private static boolean isDue(Generation lastGood, PluginVersion plugin) {
        return !plugin.migrations().isEmpty() && Versions.isOlder(from(lastGood, plugin), plugin.version());
    }

    private static String from(Generation lastGood, PluginVersion plugin) {
        return lastGood.story().plugins().getOrDefault(plugin.pid(), UNKNOWN);
    }

    /**
     * The same generation for the plugins of now.
     *
     * @param digests of the dropped jars that are there
     * @return the same object when nothing is another
     */
    Generation of(Generation lastGood, Set<String> digests) throws InterruptedException {
        if (lastGood.files().isEmpty()) {
            return lastGood;
        }
        Map<String, FileContent> files = lastGood.files();
        end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        failed.clear();
        for (PluginVersion plugin : installer.versions(digests)) {
            if (isDue(lastGood, plugin)) {
                for (Callable<ConfigMigration> migration : plugin.migrations()) {
                    files = migrated(files, plugin, from(lastGood, plugin), migration);
                }
            }
        }
        return Candidates.differences(files, lastGood.files()).isEmpty()
                ? lastGood
                : new Generation(
                        lastGood.number(),
                        files,
                        lastGood.plugins(),
                        lastGood.out(),
                        lastGood.draft(),
                        lastGood.story());
    }

    private Map<String, FileContent> migrated(
            Map<String, FileContent> files, PluginVersion plugin, String from, Callable<ConfigMigration> migration)
            throws InterruptedException {
        Map<String, List<Problem>> edits = new TreeMap<>();
        for (Map.Entry<ConfigId, Map<String, ConfigValue>> one :
                drafter.written(files).entrySet()) {
            if (one.getKey().pid().equals(plugin.pid()) && !failed.contains(one.getKey())) {
                edits(one.getKey(), one.getValue(), files.keySet(), from, migration, edits);
            }
        }
        // Ends: each round but the last has one configuration less.
        while (true) {
            Set<ConfigId> before = Set.copyOf(failed);
            edits.values().forEach(list -> list.removeIf(edit -> failed.contains(id(edit))));
            Map<String, FileContent> migrated = edited(files, edits);
            if (failed.equals(before)) {
                edits.forEach((path, made) -> {
                    if (!made.isEmpty()) {
                        LOG.info(
                                "Last good: {} as {} {} has it is made {}: {} edits",
                                path,
                                plugin.pid(),
                                from,
                                plugin.version(),
                                made.size());
                    }
                });
                return migrated;
            }
        }
    }

    /** A configuration of which one edit cannot be made is left as it was, in all files: half of it nobody has asked for. */
    private Map<String, FileContent> edited(Map<String, FileContent> files, Map<String, List<Problem>> edits) {
        Map<String, FileContent> migrated = new TreeMap<>(files);
        edits.forEach((path, made) -> {
            Edited edited = Fixes.apply(path, files.get(path).bytes(), made);
            edited.left().forEach(this::left);
            if (edited.isChanged()) {
                migrated.put(path, Digests.content(edited.content()));
            }
        });
        return migrated;
    }

    private static ConfigId id(Problem edit) {
        return edit.id().orElseThrow();
    }

    private void edits(
            ConfigId id,
            Map<String, ConfigValue> values,
            Set<String> paths,
            String from,
            Callable<ConfigMigration> migration,
            Map<String, List<Problem>> edits)
            throws InterruptedException {
        for (Map.Entry<String, Map<String, ConfigValue>> file :
                byFile(values, paths).entrySet()) {
            Map<String, Object> written = new TreeMap<>();
            file.getValue().forEach((key, value) -> written.put(key, value.raw()));
            ask(id, written, from, migration).forEach((key, fix) -> {
                ConfigValue value = file.getValue().get(key);
                if (value == null) {
                    return;
                }
                Problem edit = Problem.error(CODE, "is of an older version of the plugin")
                        .id(id)
                        .key(key)
                        .at(value.origin())
                        .fixes(List.of(fix))
                        .build();
                if (Disk.isOverride(file.getKey())) {
                    overridden(edit);
                } else {
                    edits.computeIfAbsent(file.getKey(), path -> new ArrayList<>())
                            .add(edit);
                }
            });
        }
    }

    /** A file says a key once; what a higher layer hides is in a file too. */
    private static Map<String, Map<String, ConfigValue>> byFile(Map<String, ConfigValue> values, Set<String> paths) {
        Map<String, Map<String, ConfigValue>> files = new TreeMap<>();
        values.forEach((key, value) -> Stream.concat(Stream.of(value), value.shadowed().stream())
                .filter(one -> paths.contains(one.origin().source()))
                .forEach(one -> files.computeIfAbsent(one.origin().source(), path -> new TreeMap<>())
                        .put(key, one)));
        return files;
    }

    /** Foreign code: whatever becomes of it, the start goes on. */
    private Map<String, Fix> ask(
            ConfigId id, Map<String, Object> values, String from, Callable<ConfigMigration> migration)
            throws InterruptedException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            failed(id, "was not asked, as others took all of the " + millis + " ms there are");
            return Map.of();
        }
        try {
            return ForeignCall.begin(
                            "snakepipe-migration " + id,
                            () -> Map.copyOf(migration.call().migrate(id, Map.copyOf(values), from)))
                    .get(Duration.ofNanos(left));
        } catch (TimeoutException e) {
            failed(id, "did not answer within the " + millis + " ms there are");
        } catch (ExecutionException e) {
            // Its message may repeat what the file holds, passwords too: neither told nor in the log.
            failed(id, "threw " + e.getCause().getClass().getName() + where(e.getCause()));
        }
        return Map.of();
    }

    private static String where(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private void failed(ConfigId id, String how) {
        failed.add(id);
        problems.add(Problem.warning(
                        CODE,
                        "what " + id + " was with an older version of its plugin is not last good of this one: its"
                                + " migration " + how)
                .id(id)
                .build());
    }

    /** Only the new name of a key is told: a new value may be secret. */
    private static String edit(Problem edit) {
        Fix fix = edit.fixes().get(0);
        return switch (fix.kind()) {
            case RENAME -> "to call it '" + fix.text() + "'";
            case REPLACE -> "to give it another value";
            case ADD -> "to add '" + fix.key() + "'";
            case REMOVE -> "to remove it";
        };
    }

    private void left(Problem edit) {
        failed.add(id(edit));
        problems.add(Problem.warning(
                        CODE,
                        edit.key().orElse("") + " is of an older version of the plugin, and cannot be edited as its"
                                + " migration says (" + edit(edit) + "), so " + id(edit)
                                + " as it was is not last good of this one")
                .id(id(edit))
                .at(edit.origin().orElseThrow())
                .build());
    }

    /** Overrides are of another format, and whoever set one has said why. */
    private void overridden(Problem edit) {
        problems.add(Problem.warning(
                        CODE,
                        "the override of " + edit.key().orElse("") + " of " + id(edit)
                                + " is of an older version of the plugin, and overrides are not edited: its migration says "
                                + edit(edit) + "; remove it, and set it again as it is called now")
                .id(id(edit))
                .at(edit.origin().orElseThrow())
                .build());
    }

    /** PID to version of the plugins that are there; of two bundles for one PID the newer counts. */
    static Map<String, String> versions(Installer installer, Set<String> digests) {
        Map<String, String> versions = new TreeMap<>();
        for (PluginVersion plugin : installer.versions(digests)) {
            versions.merge(plugin.pid(), plugin.version(), (one, other) -> Versions.isOlder(one, other) ? other : one);
        }
        return versions;
    }
}
