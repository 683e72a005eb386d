// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;

/**
 * Last good, and the generations before it: plain JSON files, each there whole or not at all. They are kept per environment
 * and configuration directory, and each names both. They are only what to fall back to, so what
 * cannot be read is reported and passed over. Used by one thread.
 */
final class GenerationStore {
    /** How many generations can be gone back to. */
    static final int KEPT = 50;

    private static final Logger LOG = LoggerFactory.getLogger(GenerationStore.class);
    private static final String JSON = ".json";

    private final Storage storage;
    private final Path lastGood;
    private final Path kept;
    private final String environment;
    private final String configRoot;
    private final String version;
    private final Function<Set<String>, Map<String, String>> versions;
    private final Damage damage;
    private boolean lost;

    /**
     * @param name     what files and directories are called, see {@link Remembered}
     * @param versions gives PID to version of the plugins that are there now, by the digests of those that were dropped
     */
    GenerationStore(
            Storage storage,
            Path data,
            String name,
            String environment,
            String configRoot,
            String version,
            Function<Set<String>, Map<String, String>> versions,
            Damage damage) {
        this.damage = damage;
        this.versions = versions;
        this.storage = storage;
        this.lastGood = data.resolve("last-good").resolve(name + JSON);
        this.kept = data.resolve("generations").resolve(name);
        this.environment = environment;
        this.configRoot = configRoot;
        this.version = version;
    }

    /** Of the product. */
    String version() {
        return version;
    }

    /**
     * The last generation that came up, without its draft; empty when there is none that can be used. When its file cannot be
     * read the newest generation that can stands in for it, which is the same unless that file is damaged too.
     */
    Optional<Generation> lastGood() {
        lost = false;
        try {
            return load(lastGood);
        } catch (IOException | RuntimeException e) {
            List<Generation> kept = all();
            lost = kept.isEmpty();
            damage.note(
                    lastGood,
                    e,
                    lost
                            ? "nothing stands in for what was in force when all was well, so what is wrong in the files"
                                    + " stays out; it is written anew with the next change"
                            : "generation " + kept.get(0).number()
                                    + " stands in for it; it is written anew with the next" + " change");
            return kept.stream().findFirst();
        }
    }

    /** Whether there is a last good, and nobody can tell what it was. */
    boolean isLost() {
        return lost;
    }

    /** What is to be said when it is lost in an environment that is protected. */
    Problem lost() {
        return Problem.error(
                        "lastgood.lost",
                        lastGood + " cannot be read, nor any generation before it, so nobody knows what was confirmed:"
                                + " nothing of this environment is in force until somebody confirms what lies there."
                                + " See 'snakepipe plan', then 'snakepipe apply HASH'; or stop, and put the file back")
                .build();
    }

    /** The number of the newest generation that there is a file of, whether it can be read or not; 0 for none. */
    long newest() {
        return files().stream().mapToLong(GenerationStore::number).max().orElse(0);
    }

    /** By its name; 0 for a file of another name. */
    private static long number(Path file) {
        String name = file.getFileName().toString();
        String number = name.substring(0, name.length() - JSON.length());
        return number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
    }

    /** One that was in force, without its draft; empty when it is not kept. */
    Optional<Generation> generation(long number) {
        return read(kept.resolve(number + JSON)).filter(one -> one.number() == number);
    }

    /** All that can be gone back to, without their drafts, the newest first. */
    List<Generation> all() {
        List<Generation> all = new ArrayList<>();
        for (Path file : files()) {
            read(file).ifPresent(all::add);
        }
        all.sort(Comparator.comparingLong(Generation::number).reversed());
        return all;
    }

    private List<Path> files() {
        try {
            return storage.list(kept);
        } catch (IOException e) {
            LOG.warn("{} cannot be listed: nobody can go back to what was before: {}", kept, e.toString());
            return List.of();
        }
    }

    private Optional<Generation> load(Path file) throws IOException {
        Optional<Map<String, Object>> found = Json.read(storage, file);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> json = GenerationFormat.migrated(found.get(), environment);
        if (!environment.equals(json.get("environment")) || !configRoot.equals(json.get("config"))) {
            LOG.warn(
                    "{} belongs to environment {} and directory {} and is not used",
                    file,
                    json.get("environment"),
                    json.get("config"));
            return Optional.empty();
        }
        return Optional.of(generation(json));
    }

    private Optional<Generation> read(Path file) {
        try {
            return load(file);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read and is not used: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static Generation generation(Map<String, Object> json) {
        Map<String, FileContent> files = new TreeMap<>();
        Json.texts(json.get("files"))
                .forEach((path, text) ->
                        files.put(path, Digests.content(Base64.getDecoder().decode(text))));
        Set<ConfigId> out = new TreeSet<>();
        Json.list(json.get("out")).forEach(id -> out.add(ConfigId.parse(id)));
        Generation.Story story = new Generation.Story(
                Instant.parse(Json.text(json.get("at"))),
                Json.text(json.get("author")),
                Json.text(json.get("cause")),
                Json.list(json.get("changes")),
                Json.text(json.get("version")),
                Json.texts(json.get("versions")));
        long number = ((Number) json.get("generation")).longValue();
        return new Generation(number, files, Json.texts(json.get("plugins")), out, Draft.EMPTY, story);
    }

    /** Remembers a generation that came up: as last good, and as one to go back to. */
    void good(Generation generation) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", GenerationFormat.NOW);
        json.put("generation", generation.number());
        json.put("environment", environment);
        json.put("config", configRoot);
        json.put("version", generation.story().version());
        json.put("at", generation.story().at().toString());
        json.put("author", generation.story().author());
        json.put("cause", generation.story().cause());
        json.put("changes", generation.story().changes());
        json.put("plugins", generation.plugins());
        json.put("versions", versions.apply(Set.copyOf(generation.plugins().values())));
        Map<String, String> files = new TreeMap<>();
        generation
                .good()
                .forEach((path, content) -> files.put(path, Base64.getEncoder().encodeToString(content.bytes())));
        json.put("files", files);
        json.put("out", generation.out().stream().map(ConfigId::toString).toList());
        Json.write(storage, lastGood, json);
        // A copy, and no second name of the same file: what damages the one must not damage the other.
        Json.write(storage, kept.resolve(generation.number() + JSON), json);
        forgetOld(generation.number());
    }

    private void forgetOld(long newest) throws IOException {
        for (Path file : files()) {
            long number = number(file);
            if (number > 0 && number <= newest - KEPT) {
                storage.delete(file);
            }
        }
    }
}
