// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Identity of one configuration: a PID, or a factory PID and the name of one instance, written
 * {@code snakepipe.pipeline~orders}. Only {@code ~} separates; a hyphen belongs to the name.
 *
 * <p>Source: OSGi Compendium 8, 104.4.1 (PID syntax) and 104.8 (factory configurations and their names).
 *
 * @param pid  the PID, or the factory PID when there is a name; dot-separated words of letters, digits, {@code _}, {@code -}
 * @param name the name of the instance; empty for a configuration of which there is only one
 */
public record ConfigId(String pid, String name) implements Comparable<ConfigId> {
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /**
     * Checks the syntax.
     *
     * @param pid  as in the record
     * @param name as in the record
     * @throws IllegalArgumentException if the PID or the name is not allowed; the message says which and what is
     */
    public ConfigId {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(name, "name");
        if (!PID.matcher(pid).matches()) {
            throw new IllegalArgumentException(
                    "'" + pid + "' is not a PID (allowed: words of letters, digits, '_' and '-', separated by '.')");
        }
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is not a name (allowed: letters, digits, '_', '.' and '-', the first a letter or digit)");
        }
    }

    /**
     * Reads an id.
     *
     * @param text for example {@code snakepipe.monitor} or {@code snakepipe.sink.jdbc~warehouse}
     * @return the id
     * @throws IllegalArgumentException if the text is no id; the message says why
     */
    public static ConfigId parse(String text) {
        int tilde = text.indexOf('~');
        if (tilde < 0) {
            return new ConfigId(text, "");
        }
        if (tilde == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' has no name after '~'");
        }
        return new ConfigId(text.substring(0, tilde), text.substring(tilde + 1));
    }

    /**
     * Tells whether this is one instance of a factory.
     *
     * @return {@code true} when there is a name
     */
    public boolean isFactory() {
        return !name.isEmpty();
    }

    @Override
    public int compareTo(ConfigId other) {
        int byPid = pid.compareTo(other.pid);
        return byPid == 0 ? name.compareTo(other.name) : byPid;
    }

    /** The text that {@link #parse} reads; also the {@code service.pid} of the configuration. */
    @Override
    public String toString() {
        return name.isEmpty() ? pid : pid + "~" + name;
    }
}
