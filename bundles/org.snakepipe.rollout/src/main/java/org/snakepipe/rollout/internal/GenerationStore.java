// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.FileContent;

/**
 * Last good, held files and the journal: plain JSON files, each there whole or not at all. Last good and what is held are kept
 * per environment; last good names the configuration directory it belongs to. It is only what to fall back to, so what cannot be read is reported and
 * passed over.
 */
final class GenerationStore {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationStore.class);
    private static final JSON WRITER = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);
    private static final int FORMAT = 1;
    private static final int PROBE_BYTES = 1 << 16;

    private final Storage storage;
    private final Path lastGood;
    private final Path held;
    private final Path attempt;
    private final String configRoot;
    private final String version;
    private final Clock clock;

    GenerationStore(Storage storage, Path data, String environment, String configRoot, String version, Clock clock) {
        this.storage = storage;
        this.lastGood = data.resolve("last-good").resolve(environment + ".json");
        this.held = data.resolve("held").resolve(environment + ".json");
        this.attempt = data.resolve("journal").resolve("attempt.json");
        this.configRoot = configRoot;
        this.version = version;
        this.clock = clock;
    }

    /** The last generation that came up, without its draft; empty when there is none that can be used. */
    Optional<Generation> lastGood() {
        try {
            Optional<byte[]> bytes = storage.read(lastGood);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> json = JSON.std.mapFrom(bytes.get());
            if (!Integer.valueOf(FORMAT).equals(json.get("format")) || !configRoot.equals(json.get("config"))) {
                LOG.warn("{} belongs to another format or configuration directory and is not used", lastGood);
                return Optional.empty();
            }
            Map<String, FileContent> files = new TreeMap<>();
            texts(json.get("files")).forEach((path, text) -> files.put(path, content(text)));
            Set<ConfigId> out = new TreeSet<>();
            // Written by versions that know it.
            if (json.get("out") instanceof List<?> ids) {
                ids.forEach(id -> out.add(ConfigId.parse((String) id)));
            }
            long number = ((Number) json.get("generation")).longValue();
            return Optional.of(new Generation(number, files, texts(json.get("plugins")), out, Draft.EMPTY));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read and is not used: {}", lastGood, e.toString());
            return Optional.empty();
        }
    }

    private static Map<String, String> texts(Object json) {
        Map<String, String> texts = new TreeMap<>();
        ((Map<?, ?>) json).forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }

    private static FileContent content(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return new FileContent(bytes, digest(bytes));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Remembers a generation that came up. */
    void good(Generation generation) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("generation", generation.number());
        json.put("version", version);
        json.put("config", configRoot);
        json.put("at", clock.instant().toString());
        json.put("plugins", generation.plugins());
        Map<String, String> files = new TreeMap<>();
        generation
                .good()
                .forEach((path, content) -> files.put(path, Base64.getEncoder().encodeToString(content.bytes())));
        json.put("files", files);
        json.put("out", generation.out().stream().map(ConfigId::toString).toList());
        write(lastGood, json);
    }

    /** The files that were held before a restart. */
    Map<String, String> held() {
        try {
            Optional<byte[]> bytes = storage.read(held);
            return bytes.isEmpty() ? Map.of() : texts(JSON.std.mapFrom(bytes.get()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: files that were held are tried again: {}", held, e.toString());
            return Map.of();
        }
    }

    void hold(Map<String, String> files) throws IOException {
        write(held, new TreeMap<String, Object>(files));
    }

    /** Writes down what is about to be done. Nothing has been touched yet. */
    void intend(long epoch, String cause, List<String> changes) throws IOException {
        write(attempt, entry(epoch, "intended", cause, changes));
    }

    /** Writes down what came of it. */
    void ended(long epoch, String status, String cause, List<String> changes) throws IOException {
        write(attempt, entry(epoch, status, cause, changes));
    }

    /** Whether the process ended in the middle of a change. */
    boolean wasInterrupted() {
        try {
            Optional<byte[]> bytes = storage.read(attempt);
            return bytes.isPresent()
                    && "intended".equals(JSON.std.mapFrom(bytes.get()).get("state"));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: {}", attempt, e.toString());
            return true;
        }
    }

    /** Tries it. */
    boolean canWrite() {
        try {
            storage.write(attempt.resolveSibling("probe"), new byte[PROBE_BYTES]);
            return true;
        } catch (IOException e) {
            LOG.debug("Still not", e);
            return false;
        }
    }

    private Map<String, Object> entry(long epoch, String state, String cause, List<String> changes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", epoch);
        json.put("state", state);
        json.put("cause", cause);
        json.put("changes", changes);
        json.put("at", clock.instant().toString());
        return json;
    }

    private void write(Path file, Map<String, Object> json) throws IOException {
        storage.write(file, (WRITER.asString(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
