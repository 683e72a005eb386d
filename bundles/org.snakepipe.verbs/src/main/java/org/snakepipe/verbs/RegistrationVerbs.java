// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.Registration;
import org.snakepipe.control.RegistrationResult;

/** What is done with plugins that are not dropped: looked for, thought through, registered, taken away. */
final class RegistrationVerbs {
    private final Supplier<PluginManager> manager;

    RegistrationVerbs(Supplier<PluginManager> manager) {
        this.manager = manager;
    }

    Answer discover(List<String> directories) throws InterruptedException {
        return PluginVerbs.table(await(manager.get().discover(paths(directories))));
    }

    Answer analyse(List<String> arguments) throws InterruptedException {
        RegistrationWords words = RegistrationWords.of(arguments);
        List<String> unlisted = new ArrayList<>();
        PluginAnalysis analysis = await(manager.get().analyse(asked(words, unlisted), words.directories()));
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (analysis.verdict()) {
                    case FITS -> "it resolves with what is there";
                    case FITS_WITH -> "it resolves together with " + files(analysis.missing());
                    case UNFIT -> "it does not resolve";
                    case REFUSED -> "it cannot be registered while the product runs";
                });
        analysis.replaced().forEach(name -> lines.add("replaces " + name));
        analysis.rewired().forEach(name -> lines.add("wires anew " + name));
        unlisted.removeAll(analysis.reasons());
        lines.addAll(analysis.reasons());
        lines.addAll(unlisted);
        boolean well = switch (analysis.verdict()) {
            case FITS, FITS_WITH -> true;
            case UNFIT, REFUSED -> false;
        };
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("verdict", analysis.verdict().name());
        data.put("plugins", analysis.plugins().stream().map(PluginVerbs::data).toList());
        data.put("missing", analysis.missing().stream().map(PluginVerbs::data).toList());
        data.put("replaced", analysis.replaced());
        data.put("rewired", analysis.rewired());
        data.put(
                "reasons",
                Stream.concat(analysis.reasons().stream(), unlisted.stream()).toList());
        return new Answer(well ? 0 : 1, lines, data);
    }

    /** Of directories alone, all plugins that lie there. @param unlisted gets which of them cannot be looked into */
    private List<Path> asked(RegistrationWords words, List<String> unlisted) throws InterruptedException {
        if (!words.jars().isEmpty()) {
            return words.jars();
        }
        List<PluginInfo> found = await(manager.get().discover(words.directories()));
        List<Path> places = words.directories().stream().map(Path::normalize).toList();
        found.stream()
                .filter(info -> info.kind() == PluginInfo.Kind.REJECTED && places.contains(Path.of(info.file())))
                .forEach(info -> unlisted.add(info.file() + " " + info.reason()));
        List<Path> plugins = found.stream()
                .filter(info -> info.kind() == PluginInfo.Kind.PLUGIN)
                .map(info -> Path.of(info.file()))
                .toList();
        if (plugins.isEmpty() && !unlisted.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", unlisted));
        }
        if (plugins.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no plugin in " + words.directories() + ". See: plugin:discover");
        }
        return plugins;
    }

    Answer register(List<String> arguments) throws InterruptedException {
        return done(manager.get().register(registration(arguments)));
    }

    Answer replace(List<String> arguments) throws InterruptedException {
        return done(
                manager.get().replace(List.of(arguments.get(0)), registration(arguments.subList(1, arguments.size()))));
    }

    Answer unregister(List<String> files) throws InterruptedException {
        return done(manager.get().unregister(files, options()));
    }

    private static Registration registration(List<String> arguments) {
        RegistrationWords words = RegistrationWords.of(arguments).requireJar();
        return new Registration(words.jars(), words.directories(), words.configuration(), options());
    }

    /** Who may reach this process is the one who runs it. */
    private static ApplyOptions options() {
        return ApplyOptions.by(System.getProperty("user.name", "operator"));
    }

    private static List<Path> paths(List<String> words) {
        return words.stream().map(Path::of).map(Path::toAbsolutePath).toList();
    }

    private static String files(List<PluginInfo> jars) {
        return String.join(", ", jars.stream().map(PluginInfo::file).toList());
    }

    private static Answer done(CompletableFuture<RegistrationResult> future) throws InterruptedException {
        RegistrationResult result = await(future);
        List<String> lines = new ArrayList<>();
        lines.add(result.outcome() + " generation " + result.generation());
        result.along().forEach(jar -> lines.add("took along " + jar.file()));
        lines.addAll(result.explanation());
        result.rolledBack().forEach(line -> lines.add("taken back: " + line));
        boolean well = switch (result.outcome()) {
            case DONE, UNCHANGED, PENDING -> true;
            case WAITING, REJECTED, ROLLED_BACK, FAILED -> false;
        };
        Map<String, Object> milliseconds = new LinkedHashMap<>();
        result.timings().forEach((phase, took) -> milliseconds.put(phase, took.toNanos() / 1_000_000.0));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("outcome", result.outcome().name());
        data.put("generation", result.generation());
        data.put("plugins", result.plugins().stream().map(PluginVerbs::data).toList());
        data.put("along", result.along().stream().map(PluginVerbs::data).toList());
        data.put("explanation", result.explanation());
        data.put("rolledBack", result.rolledBack());
        data.put("milliseconds", milliseconds);
        return new Answer(well ? 0 : 1, lines, data);
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }
}
