// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an environment of one configuration directory is called in the data directory. The directory that was there first has the
 * name of the environment; whoever starts with another one must neither use nor write over what belongs to it.
 */
final class Remembered {
    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
    private static final String JSON = ".json";
    private static final int DIGITS = 8;

    private Remembered() {}

    /** The name, for files and directories. No environment has an {@code @} in its name. */
    static String name(Storage storage, Path data, String environment, String configRoot) {
        String own = environment + "@" + Digests.of(configRoot).substring(0, DIGITS);
        // Who had a name of his own keeps it, whatever becomes of the other's files.
        boolean mine = !candidates(storage, data, own).isEmpty();
        Optional<String> owner = mine ? Optional.empty() : owner(storage, data, environment);
        return mine || owner.filter(root -> !root.equals(configRoot)).isPresent() ? own : environment;
    }

    private static Optional<String> owner(Storage storage, Path data, String environment) {
        for (Path file : candidates(storage, data, environment)) {
            try {
                Optional<String> root = Json.read(storage, file)
                        .map(json -> json.get("config"))
                        .filter(String.class::isInstance)
                        .map(String.class::cast);
                if (root.isPresent()) {
                    return root;
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("{} does not say whose it is", file, e);
            }
        }
        return Optional.empty();
    }

    /** Those that say whose they are, as far as they are there. */
    private static List<Path> candidates(Storage storage, Path data, String name) {
        List<Path> candidates = new ArrayList<>();
        for (String directory : List.of("last-good", "journal")) {
            Path file = data.resolve(directory).resolve(name + JSON);
            try {
                if (storage.read(file).isPresent()) {
                    candidates.add(file);
                }
            } catch (IOException e) {
                candidates.add(file);
            }
        }
        try {
            candidates.addAll(storage.list(data.resolve("generations").resolve(name)));
        } catch (IOException e) {
            LOG.debug("The generations of {} cannot be listed", name, e);
        }
        return candidates;
    }
}
