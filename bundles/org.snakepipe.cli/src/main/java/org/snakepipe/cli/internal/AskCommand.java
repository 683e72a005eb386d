// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.snakepipe.verbs.Answer;
import org.snakepipe.verbs.OfflineAnalysis;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the runtime that runs: it knows what the words mean. */
@Command
final class AskCommand implements Callable<Integer> {
    private static final List<List<String>> VERBS = List.of(
            List.of("status", "what runs, and what is wrong"),
            List.of("stop", "lets what is on its way arrive, and ends the runtime"),
            List.of("shell", "a shell in the runtime, with completion"),
            List.of("plan", "what would change if the files, or those of DIR, came into force", "[DIR]"),
            List.of("apply", "brings a plan into force, exactly as it was made", "HASH", "[--skip-checks]"),
            List.of(
                    "rollback",
                    "goes back to what was in force; what differs on the disk is held, or written",
                    "GENERATION",
                    "[--write]",
                    "[--skip-checks]"),
            List.of("retry", "tries again what is held, and what waits", "[FILE]"),
            List.of("history", "the generations that can be gone back to"),
            List.of("config write", "writes a file and brings it into force, or neither", "FILE", "TEXT"),
            List.of("pipeline list", "all pipelines"),
            List.of("pipeline show", "one pipeline: its parts, counts and last error", "NAME"),
            List.of("pipeline start", "starts one that was stopped by hand", "NAME"),
            List.of("pipeline stop", "lets what is on its way arrive, and stops it", "NAME"),
            List.of("pipeline pause", "reads nothing more until it is started; everything stays open", "NAME"),
            List.of("pipeline drain", "stops it once everything has arrived, however long it takes", "NAME"),
            List.of("pipeline reset", "reads again, from the beginning or elsewhere", "NAME", "[--to POSITION...]"),
            List.of("quarantine list", "the rejected records that a pipeline keeps", "NAME"),
            List.of("quarantine show", "one of them, with its content", "NAME", "ID"),
            List.of("quarantine replay", "sends them through the pipeline again", "NAME", "[all|ID...]"),
            List.of("quarantine remove", "removes some of them for good, or all", "NAME", "ID...|all"),
            List.of("config list", "all configurations of the environment that runs"),
            List.of("config get", "all keys of one, with where each value comes from", "ID"),
            List.of("config explain", "why a key has its value, and what it hides", "ID", "KEY"),
            List.of("config export", "all values that are in force, for programs"),
            List.of("config validate", "checks the files of all environments"),
            List.of("config check-envs", "looks at all environments beside one another"),
            List.of("config resolve", "what the files come to in an environment", "ENVIRONMENT"),
            List.of("config diff", "what is different between two environments", "ENVIRONMENT", "ENVIRONMENT"),
            List.of("config schema", "JSON Schema of a PID, or of files that hold several", "[PID]"),
            List.of("config new", "the text of a new file with all keys of a PID", "ID"),
            List.of("config env", "the environments, and which one runs"),
            List.of("plugin list", "what is installed, and what is left out"),
            List.of("plugin why", "why a jar is left out, or a PID waits", "NAME"),
            List.of("plugin discover", "the plugins and libraries that lie in directories", "DIR", "[DIR...]"),
            List.of("plugin analyse", "what would come of registering jars, and what they lack", "PATH", "[PATH...]"),
            List.of(
                    "plugin register",
                    "puts jars into deploy/ and brings them into force, with configuration, or none of it",
                    "FILE...",
                    "[DIR...]",
                    "[--config FILE|ID KEY=VALUE...]..."),
            List.of(
                    "plugin replace",
                    "the same, and takes a file of deploy/ away",
                    "OLD",
                    "FILE...",
                    "[DIR...]",
                    "[--config FILE|ID KEY=VALUE...]..."),
            List.of("plugin unregister", "takes files of deploy/ away", "NAME", "[NAME...]"));

    /** What can be answered where nothing runs, too. */
    private static final List<String> ANALYSE = List.of("plugin", "analyse");

    private final Surface surface;
    private final List<String> verb;

    @Mixin
    private HomeOption home;

    @Option(names = "--json", description = "answers for programs")
    private boolean json;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    private AskCommand(Surface surface, List<String> verb) {
        this.surface = surface;
        this.verb = verb;
    }

    /** Adds a command for each verb; those of two words below a command of the first. */
    static void addTo(CommandLine root, Surface surface) {
        for (List<String> one : VERBS) {
            List<String> verb = List.of(one.get(0).split(" "));
            CommandLine command = new CommandLine(new AskCommand(surface, verb));
            CommandSpec spec = command.getCommandSpec();
            String arguments = String.join(" ", one.subList(2, one.size()));
            spec.usageMessage().description(one.get(1));
            spec.usageMessage().customSynopsis("snakepipe " + one.get(0) + " [--json] [--home DIR] " + arguments);
            // Words of the verb may look like options.
            spec.parser().unmatchedOptionsArePositionalParams(true);
            parent(root, verb).addSubcommand(verb.get(verb.size() - 1), command);
        }
    }

    private static CommandLine parent(CommandLine root, List<String> verb) {
        if (verb.size() == 1) {
            return root;
        }
        CommandLine known = root.getSubcommands().get(verb.get(0));
        if (known == null) {
            known = new CommandLine(new Group());
            known.getCommandSpec().usageMessage().description("asks the runtime that runs");
            root.addSubcommand(verb.get(0), known);
        }
        return known;
    }

    /** A first word that needs a second. */
    @Command(synopsisSubcommandLabel = "COMMAND")
    static final class Group {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path at = home.in(surface);
        Client client = new Client(at, surface.out(), surface.err());
        if (verb.equals(ANALYSE) && !words.isEmpty() && !client.isSomebodyThere()) {
            return offline(at);
        }
        List<String> all = new ArrayList<>(verb);
        all.addAll(words);
        if (json) {
            all.add("--json");
        }
        return client.ask(all);
    }

    /** Nobody runs there who could be asked: what is installed is what is there. */
    private int offline(Path at) throws IOException, InterruptedException {
        surface.err()
                .println("Nothing runs in " + at + ": this is what the product, with what lies in deploy/, would say");
        Answer answer = OfflineAnalysis.of(surface.installation(), at.resolve("deploy"), words);
        surface.out().println(json ? Answers.json(answer.data()) : answer.text());
        return answer.exit();
    }
}
