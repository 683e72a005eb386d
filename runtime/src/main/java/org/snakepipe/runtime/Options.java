// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The command line and the variables that stand in for it.
 *
 * @param words       the verb and its arguments, without options; {@code run} when nothing is said
 * @param home        absolute path of the directory people work in
 * @param config      absolute path of the configuration directory
 * @param environment name of the environment
 */
record Options(List<String> words, Path home, Path config, String environment) {
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final List<String> KNOWN = List.of("--home", "--config", "--env");

    Options {
        words = List.copyOf(words);
    }

    /**
     * Reads the command line. Options may stand anywhere; what a verb's own arguments are is the verb's business.
     *
     * @param arguments   as typed
     * @param variables   the process environment
     * @param defaultHome where to work when nothing else is said
     * @throws UsageException if an option is unknown or has no value
     */
    static Options parse(String[] arguments, Map<String, String> variables, Path defaultHome) throws UsageException {
        String home = variables.getOrDefault("SNAKE_PIPE_HOME", defaultHome.toString());
        String config = variables.get("SNAKE_PIPE_CONFIG");
        String environment = variables.getOrDefault("SNAKE_PIPE_ENV", "dev");
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--") || isClientOption(argument)) {
                words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new UsageException("unknown option " + name + " (allowed: " + String.join(", ", KNOWN) + ")");
            }
            String value = equals >= 0 ? argument.substring(equals + 1) : ++i < arguments.length ? arguments[i] : "";
            if (value.isEmpty()) {
                throw new UsageException(name + " needs a value");
            }
            switch (name) {
                case "--home" -> home = value;
                case "--config" -> config = value;
                default -> environment = value;
            }
        }
        if (!ENVIRONMENT.matcher(environment).matches()) {
            throw new UsageException("'" + environment
                    + "' is no name of an environment (allowed: letters, digits, '_', '.' and '-')");
        }
        Path absolute = Path.of(home).toAbsolutePath().normalize();
        Path configured = config == null
                ? absolute.resolve("config")
                : Path.of(config).toAbsolutePath().normalize();
        return new Options(words.isEmpty() ? List.of("run") : words, absolute, configured, environment);
    }

    private static boolean isClientOption(String argument) {
        return argument.equals("--json") || argument.equals("--help") || argument.equals("--version");
    }

    String verb() {
        return words.get(0);
    }

    Path data() {
        return home.resolve("data");
    }

    Path deploy() {
        return home.resolve("deploy");
    }
}
