// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.Suggestions;

/**
 * What the command line of {@code snakepipe run} says. Everything else is the command line room's.
 *
 * @param home        {@code --home}
 * @param config      {@code --config}
 * @param environment {@code --env}
 * @param once        {@code --once}: the one pipeline that is run, to its end
 */
record Options(Optional<Path> home, Optional<Path> config, Optional<String> environment, Optional<String> once) {
    private static final String HOME = "--home";
    private static final String CONFIG = "--config";
    private static final String ENVIRONMENT = "--env";
    private static final String ONCE = "--once";
    private static final String RUN = "run";
    private static final List<String> OPTIONS = List.of(HOME, CONFIG, ENVIRONMENT, ONCE);

    /**
     * Reads a command line.
     *
     * @throws UsageException if it cannot be understood
     */
    static Options parse(List<String> arguments) throws UsageException {
        Map<String, String> values = new TreeMap<>();
        List<String> words = new ArrayList<>();
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            String name = argument.replaceFirst("=.*", "");
            if (OPTIONS.contains(name)) {
                boolean inside = name.length() < argument.length();
                String value = inside ? argument.substring(name.length() + 1) : next(arguments, ++index, name);
                put(values, name, value);
            } else if (argument.startsWith("-")) {
                throw new UsageException("unknown option " + argument + suggestion(argument, OPTIONS));
            } else {
                words.add(argument);
            }
        }
        if (words.isEmpty() || !words.get(0).equals(RUN)) {
            throw new UsageException(
                    "the launcher runs, found " + (words.isEmpty() ? "nothing" : words.get(0)) + " (allowed: run)");
        }
        if (words.size() > 1) {
            throw new UsageException("run takes options only, found " + words.get(1));
        }
        return new Options(
                Optional.ofNullable(values.get(HOME)).map(Path::of),
                Optional.ofNullable(values.get(CONFIG)).map(Path::of),
                Optional.ofNullable(values.get(ENVIRONMENT)),
                Optional.ofNullable(values.get(ONCE)));
    }

    private static void put(Map<String, String> values, String name, String value) throws UsageException {
        if (value.isEmpty()) {
            throw new UsageException(name + " needs a value");
        }
        if (values.put(name, value) != null) {
            throw new UsageException(name + " is given twice");
        }
    }

    private static String next(List<String> arguments, int index, String name) throws UsageException {
        if (index >= arguments.size() || arguments.get(index).startsWith("--")) {
            throw new UsageException(name + " needs a value");
        }
        return arguments.get(index);
    }

    private static String suggestion(String word, Collection<String> known) {
        List<String> near = Suggestions.nearest(word, known);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** How it is used, for people. */
    static String usage() {
        return String.join(
                System.lineSeparator(),
                "usage: snakepipe run [--env NAME] [--config DIR] [--home DIR] [--once PIPELINE]",
                "",
                "  --home DIR       where config/, deploy/ and data/ are      (SNAKE_PIPE_HOME)",
                "  --config DIR     the configuration, if it is elsewhere     (SNAKE_PIPE_CONFIG)",
                "  --env NAME       the environment; dev if nothing is said   (SNAKE_PIPE_ENV)",
                "  --once PIPELINE  runs this pipeline alone, to the end of its source, and ends: 0 done, 1 failed,",
                "                   4 no such pipeline, 5 a part is missing, 6 done, but records are in quarantine,",
                "                   7 done, but records wait for a best-effort sink, 130 interrupted",
                "",
                "Everything else: snakepipe --help");
    }
}
