// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.snakepipe.api.config.ConfigId;

/** Reads the values of a configuration, and collects everything that is wrong with them. Used by one thread. */
public final class Reading {
    private final List<String> mistakes = new ArrayList<>();

    /**
     * Notes a mistake.
     *
     * @param mistake key, what was found, and what is allowed
     */
    public void mistake(String mistake) {
        mistakes.add(mistake);
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalArgumentException with everything that is wrong
     */
    public void end() {
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /**
     * Whether nothing is wrong so far.
     *
     * @return {@code true} when there is no mistake
     */
    public boolean isClean() {
        return mistakes.isEmpty();
    }

    /**
     * The id of another configuration.
     *
     * @param key  the key
     * @param text its value
     * @return the id; {@code null} when it is none
     */
    public ConfigId id(String key, String text) {
        if (text == null || text.isBlank()) {
            mistake(key + " is missing (allowed: an id such as snakepipe." + key.replaceAll("s$", "") + ".x~name)");
            return null;
        }
        try {
            return ConfigId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            mistake(key + ": " + notAnId.getMessage());
            return null;
        }
    }

    /**
     * The ids of other configurations, each once.
     *
     * @param key   the key
     * @param texts its values, or {@code null} for none
     * @return the ids, in order
     */
    public List<ConfigId> ids(String key, String... texts) {
        List<ConfigId> ids = new ArrayList<>();
        for (String text : texts == null ? new String[0] : texts) {
            ConfigId id = id(key, text);
            if (id != null && ids.contains(id)) {
                mistake(key + " names " + id + " twice");
            }
            ids.add(id);
        }
        return ids;
    }

    /**
     * A number.
     *
     * @param key   the key
     * @param value its value
     * @param min   the least that is allowed
     * @param max   the most that is allowed
     * @return the value
     */
    public long number(String key, long value, long min, long max) {
        if (value < min || value > max) {
            mistake(key + " = " + value + " (allowed: " + min + " to " + max + ")");
        }
        return value;
    }

    /**
     * A duration.
     *
     * @param key    the key
     * @param millis its value in milliseconds
     * @param min    the least that is allowed
     * @param max    the most that is allowed
     * @return the duration
     */
    public Duration millis(String key, long millis, long min, long max) {
        return Duration.ofMillis(number(key, millis, min, max));
    }

    /**
     * One of a few words.
     *
     * @param <T>     of the result
     * @param key     the key
     * @param text    its value
     * @param allowed the words, in lower case, divided by a comma and a space
     * @param valueOf gives the meaning of a word in upper case
     * @return the meaning; {@code null} when the word is not allowed
     */
    public <T> T choice(String key, String text, String allowed, Function<String, T> valueOf) {
        if (List.of(allowed.split(", ")).contains(text)) {
            return valueOf.apply(text.toUpperCase(Locale.ROOT));
        }
        mistake(key + " = " + text + " (allowed: " + allowed + ")");
        return null;
    }
}
