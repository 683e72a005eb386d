// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.TwoPlaces;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/**
 * What one {@code .cfg} file says: properties as {@link java.util.Properties#load} reads them, in UTF-8, values without white
 * space around them unless it is escaped, every key with its place.
 */
public final class CfgFile {
    private final Place place;
    private final Map<String, ConfigValue> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean readable = true;
    /** The values by their keys in lower case; {@code null} as long as that is how all keys are written. */
    private Map<String, ConfigValue> byLowerCase;

    private CfgFile(Place place) {
        this.place = place;
    }

    public static CfgFile parse(Place place, byte[] bytes) {
        CfgFile file = new CfgFile(place);
        try {
            for (LogicalLine line : LogicalLine.join(TextFile.lines(place, bytes))) {
                file.add(line);
            }
        } catch (UnreadableFileException e) {
            file.readable = false;
            file.problems.add(e.problem());
        }
        return file;
    }

    /** Key to value, in the order of the file; empty when the file is not {@link #isReadable() readable}. */
    public Map<String, ConfigValue> values() {
        return Collections.unmodifiableMap(values);
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** {@code false} when nothing of the file can be used. */
    public boolean isReadable() {
        return readable;
    }

    private void add(LogicalLine line) {
        if (line.truncated()) {
            report("file.truncated", "the file ends in a line that goes on: probably half written", line);
            return;
        }
        try {
            int keyEnd = endOfKey(line.text());
            String key = Escapes.resolve(line.text().substring(0, keyEnd), false);
            String text = valueText(line.text(), keyEnd);
            String value = Escapes.resolve(text, true);
            if (key.isEmpty()) {
                report(
                        "key.empty",
                        "there is no key in front of '" + line.text().charAt(0) + "'",
                        line);
            } else {
                warnOfLostBackslash(key, text, line);
                put(key, ConfigValue.of(value, place.at(line.line(), line.column())));
            }
        } catch (IllegalArgumentException e) {
            report("key.escape", e.getMessage(), line);
        }
    }

    /** ConfigurationAdmin does not tell upper from lower case in keys. */
    private void put(String key, ConfigValue value) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (byLowerCase == null && !lower.equals(key)) {
            byLowerCase = new HashMap<>(values);
        }
        ConfigValue first = (byLowerCase == null ? values : byLowerCase).putIfAbsent(lower, value);
        if (first == null) {
            values.put(key, value);
            return;
        }
        Origin origin = value.origin();
        String message = key + " is set twice, " + TwoPlaces.lines(first.origin(), origin) + " (allowed: once)";
        problems.add(Problem.error("key.twice", message)
                .id(place.id())
                .key(key)
                .at(origin)
                .fixes(List.of(Fix.remove()))
                .build());
    }

    private void report(String code, String message, LogicalLine line) {
        problems.add(place.error(code, message, line.line(), line.column()));
    }

    /** Does not show the letter: the value may be a secret. */
    private void warnOfLostBackslash(String key, String text, LogicalLine line) {
        if (Escapes.losesBackslash(text)) {
            String message = key + " loses a backslash, because the letter after it needs none (write two to keep one)";
            problems.add(Problem.warning("value.escape", message)
                    .id(place.id())
                    .key(key)
                    .at(place.at(line.line(), line.column()))
                    .build());
        }
    }

    private static int endOfKey(String text) {
        int index = 0;
        while (index < text.length() && !isSeparator(text.charAt(index)) && !Escapes.isSpace(text.charAt(index))) {
            index += text.charAt(index) == '\\' ? 2 : 1;
        }
        return Math.min(index, text.length());
    }

    private static String valueText(String text, int keyEnd) {
        int start = skipSpace(text, keyEnd);
        if (start < text.length() && isSeparator(text.charAt(start))) {
            start = skipSpace(text, start + 1);
        }
        int end = text.length();
        while (end > start && Escapes.isSpace(text.charAt(end - 1)) && !Escapes.isOpen(text, end - 1)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static int skipSpace(String text, int start) {
        int index = start;
        while (index < text.length() && Escapes.isSpace(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private static boolean isSeparator(char c) {
        return c == '=' || c == ':';
    }
}
