// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is held over a restart, per environment. Used by one thread. */
final class HeldStore {
    private final Storage storage;
    private final Path file;
    private final Damage damage;

    HeldStore(Storage storage, Path data, String name, Damage damage) {
        this.damage = damage;
        this.storage = storage;
        this.file = data.resolve("held").resolve(name + ".json");
    }

    /** Takes over what was held before the restart. */
    void restore(Desk desk) {
        try {
            Map<String, Object> json = Json.read(storage, file).orElse(Map.of());
            if (json.containsKey("format")) {
                desk.files().restore(held(json.get("files")));
                desk.jars().restore(held(json.get("jars")));
            } else {
                // As it was written before there was a format: path to digest.
                Map<String, HeldFiles.Lasting> files = new TreeMap<>();
                Json.texts(json)
                        .forEach((path, digest) -> files.put(
                                path,
                                new HeldFiles.Lasting(
                                        digest, HeldFiles.Lasting.Cause.TAKEN_BACK, "it did not come up")));
                desk.files().restore(files);
            }
        } catch (IOException | RuntimeException e) {
            damage.note(
                    file,
                    e,
                    "what was held, also since somebody went back to an earlier generation, has been tried again as it lies:"
                            + " look at what is in force, and go back once more where it is not wanted");
        }
    }

    private static Map<String, HeldFiles.Lasting> held(Object json) {
        Map<String, HeldFiles.Lasting> held = new TreeMap<>();
        Json.map(json).forEach((path, value) -> {
            Map<String, Object> one = Json.map(value);
            held.put(
                    path,
                    new HeldFiles.Lasting(Json.text(one.get("digest")), cause(one), Json.text(one.get("reason"))));
        });
        return held;
    }

    /** Before there were vetoes among them, only the one cause was told from the other. */
    private static HeldFiles.Lasting.Cause cause(Map<String, Object> json) {
        if (json.containsKey("cause")) {
            return HeldFiles.Lasting.Cause.valueOf(Json.text(json.get("cause")));
        }
        return Boolean.TRUE.equals(json.get("rolledBack"))
                ? HeldFiles.Lasting.Cause.ROLLED_BACK
                : HeldFiles.Lasting.Cause.TAKEN_BACK;
    }

    /** Remembers what is held now. */
    void write(Desk desk) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", 2);
        json.put("files", json(desk.files().lasting()));
        json.put("jars", json(desk.jars().lasting()));
        Json.write(storage, file, json);
    }

    private static Map<String, Object> json(Map<String, HeldFiles.Lasting> held) {
        Map<String, Object> json = new TreeMap<>();
        held.forEach((path, one) -> json.put(
                path, Map.of("digest", one.digest(), "cause", one.cause().name(), "reason", one.reason())));
        return json;
    }
}
