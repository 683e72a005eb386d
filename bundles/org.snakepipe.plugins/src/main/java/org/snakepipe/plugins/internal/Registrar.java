// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginAnalysis.Verdict;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.Registration;
import org.snakepipe.control.RegistrationResult;
import org.snakepipe.control.RegistrationResult.Outcome;
import org.snakepipe.control.ReloadResult;

/** Registers jars: analyses them, and lets the rollout bring them into force. Used by one thread. */
public final class Registrar {
    private final Analysing analysing;
    private final Supplier<List<PluginInfo>> listing;

    /** Finds out what would come of jars. */
    @FunctionalInterface
    public interface Analysing {
        /**
         * Finds it out.
         *
         * @param jars        the files
         * @param directories where what they lack may be
         * @param going       names of files that go in the same moment
         * @return the verdict
         * @throws InterruptedException if the caller is interrupted while waiting
         */
        PluginAnalysis analyse(Collection<Path> jars, Collection<Path> directories, Collection<String> going)
                throws InterruptedException;
    }

    /**
     * A registrar.
     *
     * @param analysing what would come of jars
     * @param listing   what is there
     */
    public Registrar(Analysing analysing, Supplier<List<PluginInfo>> listing) {
        this.analysing = analysing;
        this.listing = listing;
    }

    /**
     * Registers, and takes away.
     *
     * @param files        names of files that go
     * @param registration what comes
     * @param rollout      brings it into force
     * @return the receipt
     * @throws InterruptedException if the caller is interrupted while waiting
     */
    public CompletableFuture<RegistrationResult> register(
            Collection<String> files, Registration registration, ConfigManager rollout) throws InterruptedException {
        long begin = System.nanoTime();
        PluginAnalysis analysis = analysing.analyse(registration.jars(), registration.directories(), files);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (analysis.verdict() == Verdict.UNFIT || analysis.verdict() == Verdict.REFUSED) {
            return rejected(analysis, rollout, took, analysis.reasons());
        }
        List<PluginInfo> before = listing.get();
        List<String> over = analysis.missing().stream()
                .flatMap(jar -> inThePlaceOf(jar, before, files).stream())
                .toList();
        if (!over.isEmpty()) {
            return rejected(analysis, rollout, took, over);
        }
        Map<String, Optional<FileContent>> jars = new TreeMap<>();
        files.forEach(file -> jars.put(file, Optional.empty()));
        try {
            List<PluginInfo> coming = Stream.concat(analysis.plugins().stream(), analysis.missing().stream())
                    .toList();
            for (PluginInfo jar : coming) {
                add(jars, jar);
            }
        } catch (IOException e) {
            return rejected(analysis, rollout, took, List.of(e.getMessage()));
        }
        return rollout.apply(registration.configuration(), jars, registration.options())
                .thenApply(result -> result(analysis, result, took, jars, before));
    }

    /** Nobody has asked for the jar that would go. */
    private static Optional<String> inThePlaceOf(PluginInfo along, List<PluginInfo> before, Collection<String> going) {
        String name = Path.of(along.file()).getFileName().toString();
        return before.stream()
                .filter(info -> info.kind() != PluginInfo.Kind.SHIPPED
                        && info.file().equals(name)
                        && !info.digest().equals(along.digest())
                        && !going.contains(name))
                .findFirst()
                .map(info -> along.file() + " would be taken along, and take the place of " + new DroppedFile(name)
                        + ", which is " + info.symbolicName() + " " + info.version()
                        + "; rename it, or name it among what is registered if that is meant");
    }

    /** What is read is what was analysed. */
    private static void add(Map<String, Optional<FileContent>> jars, PluginInfo jar) throws IOException {
        Path path = Path.of(jar.file());
        FileContent content = new FileContent(Files.readAllBytes(path), jar.digest());
        if (!Digest.of(content.bytes()).equals(jar.digest())) {
            throw new IOException(path + " has become another file just now; register it again when it is complete");
        }
        Optional<FileContent> other = jars.put(path.getFileName().toString(), Optional.of(content));
        if (other != null && other.isPresent() && !other.get().equals(content)) {
            throw new IOException("two jars are called " + path.getFileName() + "; rename one of them");
        }
    }

    private static CompletableFuture<RegistrationResult> rejected(
            PluginAnalysis analysis, ConfigManager rollout, Duration took, List<String> reasons) {
        return CompletableFuture.completedFuture(new RegistrationResult(
                Outcome.REJECTED,
                rollout.generation(),
                analysis.plugins(),
                List.of(),
                reasons,
                List.of(),
                Map.of("analyse", took)));
    }

    private RegistrationResult result(
            PluginAnalysis analysis,
            ReloadResult result,
            Duration took,
            Map<String, Optional<FileContent>> jars,
            List<PluginInfo> before) {
        Outcome reached = outcome(result);
        boolean undone = reached == Outcome.ROLLED_BACK || reached == Outcome.FAILED;
        List<PluginInfo> now = Stream.concat(listing.get().stream(), before.stream())
                .filter(info -> jars.containsKey(info.file()))
                .collect(
                        LinkedHashMap<String, PluginInfo>::new,
                        (map, info) -> map.putIfAbsent(info.file(), info),
                        Map::putAll)
                .values()
                .stream()
                .toList();
        List<String> explanation = new ArrayList<>(undone ? List.of() : result.changes());
        result.problems().stream().map(Problem::toString).forEach(explanation::add);
        boolean lies = reached == Outcome.DONE || reached == Outcome.UNCHANGED;
        List<PluginInfo> idle = now.stream()
                .filter(info -> lies && jars.get(info.file()).isPresent() && info.state() != State.ACTIVE)
                .toList();
        idle.forEach(info -> explanation.add(new DroppedFile(info.file()) + " is not active: " + info.reason()));
        result.hash().ifPresent(hash -> explanation.add("confirm it with: apply " + hash));
        Map<String, Duration> timings = new LinkedHashMap<>();
        timings.put("analyse", took);
        timings.putAll(result.phases());
        return new RegistrationResult(
                idle.isEmpty() ? reached : Outcome.WAITING,
                result.generation(),
                now,
                analysis.missing(),
                explanation,
                undone ? result.changes() : List.of(),
                timings);
    }

    private static Outcome outcome(ReloadResult result) {
        return switch (result.status()) {
            case APPLIED -> Outcome.DONE;
            case UNCHANGED -> Outcome.UNCHANGED;
            case PENDING -> Outcome.PENDING;
            case REJECTED -> Outcome.REJECTED;
            case ROLLED_BACK -> Outcome.ROLLED_BACK;
            case FAILED -> Outcome.FAILED;
        };
    }
}
