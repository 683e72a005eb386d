// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.logging.internal;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * How the log is to be. Immutable.
 *
 * @param level   of all that has no level of its own; one of {@link #LEVELS}
 * @param loggers name to level of those that have their own, and of what is below them
 * @param pattern of each line; empty for those of the file of the installation
 */
public record LogSettings(String level, Map<String, String> loggers, Optional<String> pattern) {
    /** What there is, the most talkative first. */
    public static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** What an element of the list of loggers has to look like. */
    public static final String LOGGER = "[A-Za-z0-9_$][A-Za-z0-9_$.-]* *= *(TRACE|DEBUG|INFO|WARN|ERROR|OFF)";

    /** What a pattern has to look like: logback takes anything, and writes what it does not understand into each line. */
    public static final String PATTERN = "(?:[^%\\\\()\\x00-\\x1f\\x7f]|\\\\[tnr%()]|%-?[0-9]{0,3}(?:\\.-?[0-9]{1,3})?"
            + "(?:date|d|level|le|p|thread|t|logger|lo|c|message|msg|m|mdc|X|marker|exception|throwable|ex|relative|r|n)"
            + "(?:(?:\\{[^{}\\x00-\\x1f\\x7f]*\\})+|(?![A-Za-z{])))+";

    private static final Pattern DATE = Pattern.compile("%[-0-9.]*(?:date|d)\\{([^{}]*)\\}");

    /** Copies the loggers, sorted. */
    public LogSettings {
        loggers = Collections.unmodifiableMap(new TreeMap<>(loggers));
    }

    /**
     * From what is configured.
     *
     * @param level   of the root
     * @param loggers {@code name=LEVEL} each
     * @param pattern of a line; empty when none is wanted
     * @return the settings
     * @throws IllegalArgumentException if a date of the pattern cannot be written, or a logger is named twice or is the root
     */
    public static LogSettings of(String level, String[] loggers, String pattern) {
        Map<String, String> levels = new TreeMap<>();
        for (String logger : loggers) {
            int sign = logger.indexOf('=');
            String name = logger.substring(0, sign).trim();
            if (name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME)) {
                throw new IllegalArgumentException("loggers names " + name
                        + ", which is all that has no level of its own: say which it has with the key level");
            }
            if (levels.put(name, logger.substring(sign + 1).trim()) != null) {
                throw new IllegalArgumentException("loggers names " + name + " twice: say once which level it has");
            }
        }
        Matcher dates = DATE.matcher(pattern);
        while (dates.find()) {
            date(dates.group(1));
        }
        return new LogSettings(level, levels, Optional.of(pattern).filter(text -> !text.isEmpty()));
    }

    /** What logback makes of it: behind a comma stands a time zone, unless both are in quotes; ISO8601 is its own. */
    private static void date(String format) {
        boolean quoted = format.length() > 1 && format.startsWith("\"") && format.endsWith("\"");
        String[] parts = quoted ? new String[] {format.substring(1, format.length() - 1)} : format.split(",", 3);
        String letters = parts[0].trim();
        try {
            if (!letters.isEmpty() && !letters.equals("ISO8601")) {
                DateTimeFormatter.ofPattern(letters);
            }
            if (parts.length > 1 && !parts[1].isBlank()) {
                ZoneId.of(parts[1].trim());
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Without its cause: of a component that fails the innermost is shown, and it knows less.
            throw new IllegalArgumentException("pattern has the date {" + format + "}, which cannot be written ("
                    + e.getMessage() + "); as in {yyyy-MM-dd HH:mm:ss.SSS}, {HH:mm, Europe/Berlin} or, with a comma,"
                    + " {\"HH:mm:ss,SSS\"}");
        }
    }
}
