// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.verbs.UnknownNameException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** All commands, put together. */
public final class CommandLines {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private CommandLines() {}

    /** What stands before all commands. */
    @Command(
            name = "snakepipe",
            versionProvider = VersionText.class,
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Runs data pipelines whose whole behaviour is configuration, and checks that configuration.",
            footer = {
                "",
                "Exit codes: 0 done, 1 something is wrong, 2 the command line cannot be understood, 3 (run) already running;",
                "run --once has more of its own, see: snakepipe run --help"
            })
    static final class Root {
        @Option(names = "--home", paramLabel = "DIR", description = "where config/, deploy/ and data/ are")
        private Optional<Path> home = Optional.empty();
    }

    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"snakepipe " + version()};
        }
    }

    /** The version of the product. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream in = CommandLines.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /**
     * Does what a command line says.
     *
     * @return the exit code of the process
     */
    public static int run(Surface surface, List<String> arguments) {
        List<String> words = words(arguments);
        CommandLine commands = commands(surface);
        if (words.isEmpty()) {
            surface.err().println("snakepipe: what shall it do?");
            commands.usage(surface.err());
            return USAGE;
        }
        int exit = commands.execute(words.toArray(new String[0]));
        commands.getOut().flush();
        if (surface.out().checkError()) {
            surface.err().println("snakepipe: the answer could not be written to standard output");
            return Math.max(exit, FAILURE);
        }
        return exit;
    }

    /** {@code config:list} is {@code config list}; a home in front of the command goes behind it. */
    private static List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        List<String> home = new ArrayList<>();
        while (!words.isEmpty() && words.get(0).matches("--home(=.*)?")) {
            boolean inside = words.get(0).contains("=");
            home.add(words.remove(0));
            if (!inside && !words.isEmpty()) {
                home.add(words.remove(0));
            }
        }
        if (!words.isEmpty() && words.get(0).matches("[a-z]+:[a-z-]+")) {
            String[] scoped = words.remove(0).split(":");
            words.add(0, scoped[1]);
            words.add(0, scoped[0]);
        }
        words.addAll(home);
        return words;
    }

    static CommandLine commands(Surface surface) {
        CommandLine root = new CommandLine(new Root());
        root.addSubcommand("run", new RunCommand());
        offline(surface).forEach(root::addSubcommand);
        AskCommand.addTo(root, surface);
        root.addSubcommand("prepare", new PrepareCommand());
        root.addSubcommand("completion", new GenerateCompletion());
        root.getSubcommands()
                .get("completion")
                .getCommandSpec()
                .usageMessage()
                .description("prints what a shell needs to complete this command: source <(snakepipe completion)");
        root.getSubcommands().values().forEach(CommandLines::addHelp);
        root.setExpandAtFiles(false);
        root.setOut(writer(surface.out()));
        root.setErr(writer(surface.err()));
        root.setColorScheme(Help.defaultColorScheme(surface.colours() ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setParameterExceptionHandler(CommandLines::misunderstood);
        root.setExecutionExceptionHandler(CommandLines::failed);
        return root;
    }

    private static Map<String, Object> offline(Surface surface) {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("validate", new ValidateCommand(surface));
        commands.put("resolve", new ResolveCommand(surface));
        commands.put("explain", new ExplainCommand(surface));
        commands.put("diff", new DiffCommand(surface));
        commands.put("check-envs", new CheckEnvironmentsCommand(surface));
        commands.put("schema", new SchemaCommand(surface));
        commands.put("new", new NewCommand(surface));
        return commands;
    }

    private static void addHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("explains this command")
                            .build());
        }
        command.getSubcommands().values().forEach(CommandLines::addHelp);
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int misunderstood(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("snakepipe: " + message(e));
        err.println("See: " + e.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help");
        return USAGE;
    }

    /** An unknown first word is no argument too many, but a command that is meant. */
    private static String message(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return e.getMessage();
        }
        String word = unmatched.getUnmatched().get(0);
        boolean option = word.startsWith("-");
        if (!option && command.getSubcommands().isEmpty()) {
            return "there is a word too many: '" + word + "'";
        }
        List<String> known = option
                ? command.getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .toList()
                : List.copyOf(command.getSubcommands().keySet());
        List<String> near = Suggestions.nearest(word, known);
        return "unknown " + (option ? "option" : "command") + " '" + word + "'"
                + (near.isEmpty()
                        ? " (allowed: " + String.join(", ", known) + ")"
                        : ", did you mean '" + String.join("' or '", near) + "'?");
    }

    private static int failed(Exception e, CommandLine command, ParseResult result) throws Exception {
        if (e instanceof UnknownNameException) {
            command.getErr().println("snakepipe: " + e.getMessage());
            return USAGE;
        }
        if (e instanceof IllegalArgumentException || e instanceof IllegalStateException) {
            command.getErr().println("snakepipe: " + e.getMessage());
            return FAILURE;
        }
        if (e instanceof IOException) {
            // The classes of java.nio.file say the path alone; their names say what is wrong with it.
            command.getErr().println("snakepipe: " + (e.getClass() == IOException.class ? e.getMessage() : e));
            return FAILURE;
        }
        throw e;
    }
}
