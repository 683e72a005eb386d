// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.Suggestions;

/**
 * What a command line asks for.
 *
 * @param action      what to do
 * @param home        {@code --home}
 * @param config      {@code --config}; only with {@link Action#RUN}
 * @param environment {@code --env}; only with {@link Action#RUN}
 * @param words       what a running runtime is asked, verb first; only with {@link Action#ASK}
 */
record Options(
        Action action, Optional<Path> home, Optional<Path> config, Optional<String> environment, List<String> words) {
    private static final String HOME = "--home";
    private static final String CONFIG = "--config";
    private static final String ENVIRONMENT = "--env";
    private static final List<String> OPTIONS = List.of(HOME, CONFIG, ENVIRONMENT, "--help", "--version");
    private static final List<String> SCOPES = List.of("config", "pipeline", "plugin");
    private static final List<String> VERBS =
            List.of("run", "status", "stop", "shell", "help", "config", "pipeline", "plugin");

    /** What to do. */
    enum Action {
        /** Run until somebody stops it. */
        RUN,
        /** Ask the runtime that runs. */
        ASK,
        /** Say how it is used. */
        HELP,
        /** Say which version this is. */
        VERSION
    }

    Options {
        words = List.copyOf(words);
    }

    /**
     * Reads a command line. {@code --home} may stand anywhere; behind a verb that asks the running runtime all other words
     * belong to the verb, whatever they look like.
     *
     * @throws UsageException if it cannot be understood
     */
    static Options parse(List<String> arguments) throws UsageException {
        Map<String, String> values = new TreeMap<>();
        List<String> words = new ArrayList<>();
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            String name = argument.replaceFirst("=.*", "");
            boolean asking = !words.isEmpty() && !words.get(0).equals("run");
            if (name.equals(HOME) || !asking && List.of(CONFIG, ENVIRONMENT).contains(name)) {
                boolean inside = name.length() < argument.length();
                String value = inside ? argument.substring(name.length() + 1) : next(arguments, ++index, name);
                put(values, name, value);
            } else if (!asking && List.of("--help", "-h", "--version").contains(argument)) {
                return simple(argument.equals("--version") ? Action.VERSION : Action.HELP);
            } else if (!asking && argument.startsWith("-")) {
                throw new UsageException("unknown option " + argument + suggestion(argument, OPTIONS));
            } else {
                words.add(argument);
            }
        }
        return of(words, values);
    }

    private static Options of(List<String> words, Map<String, String> values) throws UsageException {
        if (words.isEmpty()) {
            throw new UsageException("what shall it do?");
        }
        String verb = words.get(0);
        if (verb.equals("help")) {
            return simple(Action.HELP);
        }
        String scope = verb.replaceFirst(":.*", "");
        if (!VERBS.contains(verb) && !SCOPES.contains(scope)) {
            throw new UsageException("unknown verb " + verb + suggestion(scope, VERBS));
        }
        boolean run = verb.equals("run");
        if (run && words.size() > 1) {
            throw new UsageException("run takes options only, found " + words.get(1));
        }
        for (String option : List.of(CONFIG, ENVIRONMENT)) {
            if (!run && values.containsKey(option)) {
                throw new UsageException(option + " in front of the verb belongs to run, not to " + verb);
            }
        }
        return new Options(
                run ? Action.RUN : Action.ASK,
                Optional.ofNullable(values.get(HOME)).map(Path::of),
                Optional.ofNullable(values.get(CONFIG)).map(Path::of),
                Optional.ofNullable(values.get(ENVIRONMENT)),
                run ? List.of() : words);
    }

    private static Options simple(Action action) {
        return new Options(action, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
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
                Arrays.asList(
                        "usage: snakepipe run [--env NAME] [--config DIR] [--home DIR]",
                        "       snakepipe status | stop | shell",
                        "       snakepipe pipeline list | show NAME | start NAME | stop NAME | reset NAME",
                        "       snakepipe config list | get ID | explain ID KEY | env",
                        "       snakepipe plugin list | why NAME",
                        "       snakepipe --help | --version",
                        "",
                        "  --home DIR    where config/, deploy/ and data/ are      (SNAKE_PIPE_HOME)",
                        "  --config DIR  the configuration, if it is elsewhere     (SNAKE_PIPE_CONFIG)",
                        "  --env NAME    the environment; dev if nothing is said   (SNAKE_PIPE_ENV)",
                        "",
                        "All verbs but run ask the runtime that runs in this home; --json answers for programs."));
    }
}
