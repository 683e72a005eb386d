// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.Candidate;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.PipelineEffect;
import org.snakepipe.control.PipelineGauges;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.Plan;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.QuarantinedRecord;
import org.snakepipe.control.Registration;
import org.snakepipe.control.RegistrationResult;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;
import org.snakepipe.control.Validation;
import org.snakepipe.control.WatchSource;

/** A house with one of each; what is done to its pipeline is written down. */
public final class StaticHouse implements Services {
    /** When everything happened. */
    public static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    private static final Origin BASE = new Origin("base", "base/snakepipe.demo~a.cfg", 3, 0);
    private static final Origin DEV = new Origin("dev", "environments/dev/snakepipe.demo~a.cfg", 1, 0);
    private static final Origin DEFAULT = new Origin("default", "snakepipe.demo", 0, 0);

    final List<String> done = new ArrayList<>();
    boolean away;
    boolean drains = true;
    IOException full;
    List<String> damaged = List.of();
    List<Problem> wrong = List.of();
    List<Problem> unreadable = List.of();

    /** For tests of other packages too. */
    public StaticHouse() {
        // Everything has a value.
    }

    /**
     * A pipeline.
     *
     * @param name   its name
     * @param state  its state
     * @param detail of the state
     * @param total  records in all
     * @param recent records since the start
     * @return the status
     */
    public static PipelineStatus pipeline(String name, PipelineState state, String detail, long total, long recent) {
        return new PipelineStatus(
                name,
                state,
                detail,
                TIME,
                "snakepipe.source.file~in",
                List.of("snakepipe.transform.core~t"),
                List.of("snakepipe.sink.file~out"),
                total,
                recent,
                recent,
                1,
                0,
                5.25,
                "",
                new PipelineGauges(
                        64, Duration.ofMillis(3), Optional.of(TIME), Optional.empty(), 1, 0, OptionalLong.empty()),
                List.of(new BestEffortSink(
                        "snakepipe.sink.jdbc~copy",
                        BestEffortSink.Breaker.HALF_OPEN,
                        TIME,
                        40,
                        4096,
                        Optional.of(TIME),
                        7,
                        1,
                        3,
                        Optional.of(TIME),
                        "no route to host")),
                "key (auto: snakepipe.sink.file~out has a key)");
    }

    private <T> Optional<T> unlessAway(T service) {
        return away ? Optional.empty() : Optional.of(service);
    }

    @Override
    public Optional<ConfigManager> config() {
        return unlessAway(new Config());
    }

    @Override
    public Optional<Pipelines> pipelines() {
        return unlessAway(new Lines());
    }

    @Override
    public Optional<PluginManager> plugins() {
        return unlessAway(new Plugins());
    }

    ReloadResult.Status answers = ReloadResult.Status.APPLIED;
    List<UnappliedFile> unapplied = List.of();
    Optional<Plan> pending = Optional.empty();
    Plan planned = new Plan(
            "0123456789abcdef",
            7,
            "dev",
            List.of(new Plan.Change(
                    ConfigId.parse("snakepipe.demo~a"), Plan.Kind.CHANGED, Map.of("size", new Plan.Values("5", "6")))),
            List.of("deploy/x.jar: new"),
            List.of(new PipelineEffect("demo", PipelineEffect.Kind.IN_PLACE, "")),
            List.of("prod"),
            List.of(),
            Optional.empty());

    @Override
    public Workspace workspace() {
        throw new IllegalStateException("there are no files here");
    }

    @Override
    public Optional<WatchSource> watch() {
        return unlessAway(new WatchSource() {
            @Override
            public void ring() {
                done.add("ring");
            }

            @Override
            public void wrote(ChangeSet.Root root, Map<String, String> written) {
                throw new UnsupportedOperationException("no verb writes by itself");
            }

            @Override
            public List<Problem> problems() {
                return unreadable;
            }
        });
    }

    @Override
    public String property(String name) {
        return "<" + name + ">";
    }

    private final class Config implements ConfigManager {
        private final ConfigState state = new ConfigState(
                ConfigId.parse("snakepipe.demo~a"),
                ConfigState.State.PUBLISHED,
                "",
                Map.of(
                        "size",
                        new ConfigValue("5", DEV, List.of(ConfigValue.of("1", BASE), ConfigValue.of("10", DEFAULT))),
                        "mood",
                        ConfigValue.of("fine", DEFAULT)));

        @Override
        public GenerationInfo current() {
            return info(7, "ann", "change of base/x.cfg");
        }

        private GenerationInfo info(long number, String author, String cause) {
            return new GenerationInfo(
                    number, "dev", "1.0", TIME, author, cause, List.of("x: size 1 -> 5"), Map.of(), Map.of());
        }

        @Override
        public List<GenerationInfo> history() {
            return List.of(
                    current(),
                    info(6, "", "config/base/x.cfg"),
                    info(
                            5,
                            "",
                            "config/base/a.cfg, config/base/b.cfg, config/base/c.cfg, config/base/d.cfg, deploy/e.jar"));
        }

        @Override
        public List<UnappliedFile> unapplied() {
            return unapplied;
        }

        @Override
        public Optional<Plan> pending() {
            return pending;
        }

        @Override
        public CompletableFuture<Candidate> load(String environment, Optional<Path> directory, Duration deadline) {
            return CompletableFuture.completedFuture(new Candidate(environment, directory, Map.of()));
        }

        @Override
        public CompletableFuture<Validation> validate(Candidate candidate, Duration deadline) {
            return CompletableFuture.completedFuture(new Validation(wrong, list()));
        }

        @Override
        public CompletableFuture<Plan> plan(Optional<Candidate> candidate, Duration deadline) {
            done.add("plan " + candidate.flatMap(Candidate::directory));
            return CompletableFuture.completedFuture(planned);
        }

        @Override
        public CompletableFuture<ReloadResult> apply(String hash, ApplyOptions options) {
            return act("apply " + hash, options);
        }

        @Override
        public CompletableFuture<ReloadResult> apply(
                Map<String, Optional<String>> changes, Map<String, Optional<FileContent>> jars, ApplyOptions options) {
            return apply(changes, options);
        }

        @Override
        public CompletableFuture<ReloadResult> apply(Map<String, Optional<String>> changes, ApplyOptions options) {
            return act("change " + changes, options);
        }

        @Override
        public CompletableFuture<ReloadResult> rollback(long generation, ApplyOptions options) {
            return act("rollback " + generation, options);
        }

        @Override
        public CompletableFuture<ReloadResult> retry(Optional<String> file, ApplyOptions options) {
            return act("retry " + file.orElse("all"), options);
        }

        private CompletableFuture<ReloadResult> act(String what, ApplyOptions options) {
            done.add(what + (options.skipChecks() ? " without checks" : "") + (options.write() ? " writing" : ""));
            return CompletableFuture.completedFuture(ReloadResult.of(answers, 8, what)
                    .previous(7)
                    .author(options.author())
                    .changes(List.of("x: size 5 -> 6"), List.of("x: size 6 -> 5"))
                    .problems(wrong)
                    .files(List.of("base/bad.cfg"), List.of("base/good.cfg"))
                    .at(TIME));
        }

        @Override
        public String environment() {
            return "dev";
        }

        @Override
        public Optional<ReloadResult> lastResult() {
            Map<String, Duration> phases = new LinkedHashMap<>();
            phases.put("stage", Duration.ZERO);
            phases.put("publish", Duration.ofMillis(8));
            phases.put("settle", Duration.ofMillis(4));
            return Optional.of(ReloadResult.of(ReloadResult.Status.APPLIED, 7, "config/x")
                    .previous(6)
                    .phases(phases)
                    .at(TIME));
        }

        @Override
        public List<Problem> problems() {
            return wrong;
        }

        @Override
        public List<ConfigState> list() {
            return List.of(state);
        }

        @Override
        public Optional<ConfigState> get(ConfigId id) {
            return Optional.of(state).filter(known -> known.id().equals(id));
        }

        @Override
        public List<String> sources(ConfigId id) {
            return list().stream()
                    .filter(state -> state.id().equals(id))
                    .flatMap(state -> state.values().values().stream())
                    .map(value -> value.origin().source())
                    .filter(source -> source.endsWith(".cfg"))
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        public List<EnvironmentInfo> environments() {
            return List.of(
                    new EnvironmentInfo("dev", List.of(), "here", true),
                    new EnvironmentInfo("prod-eu", List.of("prod"), "Europe", false));
        }
    }

    private final class Lines implements Pipelines {
        @Override
        public List<PipelineStatus> list() {
            return List.of(pipeline("demo", PipelineState.RUNNING, "", 12, 2));
        }

        @Override
        public Optional<PipelineStatus> show(String name) {
            return list().stream().filter(status -> status.name().equals(name)).findFirst();
        }

        @Override
        public void start(String name) throws IOException {
            act("start " + name);
        }

        @Override
        public void once(String name) throws IOException {
            act("once " + name);
        }

        @Override
        public boolean stop(String name, Duration deadline, String by) throws IOException {
            act("stop " + name);
            return drains;
        }

        @Override
        public void reset(String name, Map<String, String> to) throws IOException {
            act("reset " + name + (to.isEmpty() ? "" : " to " + to));
        }

        @Override
        public void pause(String name, String by) throws IOException {
            act("pause " + name);
        }

        @Override
        public boolean drain(String name, Duration deadline, String by) throws IOException {
            act("drain " + name);
            return drains;
        }

        @Override
        public List<String> quarantine(String name, Collection<String> ids, Consumer<QuarantinedRecord> each)
                throws IOException {
            if (full != null) {
                throw full;
            }
            if (name.equals("demo") && (ids.isEmpty() || ids.contains("1.1"))) {
                each.accept(new QuarantinedRecord(
                        "1.1", TIME, "snakepipe.sink.file~out", "too large", "k", Map.of("line", "7"), "{a"));
            }
            return damaged;
        }

        @Override
        public long discard(String name, Collection<String> ids) throws IOException {
            act("remove " + name + " " + ids);
            return ids.size();
        }

        @Override
        public long discardAll(String name) throws IOException {
            act("remove all of " + name);
            return 7;
        }

        @Override
        public int replay(String name, List<String> ids, Duration deadline) throws IOException {
            act("replay " + name + " " + ids);
            return drains ? 1 : 0;
        }

        private void act(String what) throws IOException {
            done.add(what);
            if (full != null) {
                throw full;
            }
        }
    }

    private static final class Plugins implements PluginManager {
        @Override
        public List<PluginInfo> list() {
            return List.of(
                    info("p.jar", PluginInfo.Kind.PLUGIN, "", "transform p"),
                    info("lib.jar", PluginInfo.Kind.LIBRARY, "", "a", "b"),
                    info("bad.jar", PluginInfo.Kind.REJECTED, "is no zip file"));
        }

        private static PluginInfo info(String file, PluginInfo.Kind kind, String reason, String... provides) {
            PluginInfo.State state = reason.isEmpty() ? PluginInfo.State.ACTIVE : PluginInfo.State.FAILED;
            return new PluginInfo(
                    file,
                    "abc",
                    "org.x",
                    "1.0",
                    kind,
                    state,
                    reason,
                    List.of(provides),
                    List.of(),
                    List.of(),
                    "CN=Ann",
                    "/d/" + file);
        }

        @Override
        public List<String> why(String nameOrFile) {
            return nameOrFile.equals("p.jar") ? List.of("p.jar is fine") : List.of();
        }

        @Override
        public CompletableFuture<List<PluginInfo>> discover(Collection<Path> directories) {
            return CompletableFuture.completedFuture(directories.stream()
                    .map(directory -> directory.endsWith("closed")
                            ? info(directory.toString(), PluginInfo.Kind.REJECTED, "cannot be listed")
                            : info(directory + "/p.jar", PluginInfo.Kind.PLUGIN, "", "transform p"))
                    .toList());
        }

        @Override
        public CompletableFuture<RegistrationResult> register(Registration registration) {
            return replace(List.of(), registration);
        }

        @Override
        public CompletableFuture<RegistrationResult> replace(Collection<String> files, Registration registration) {
            boolean good = registration.jars().stream().noneMatch(jar -> jar.endsWith("bad.jar"));
            boolean waits = registration.jars().stream().anyMatch(jar -> jar.endsWith("waits.jar"));
            return CompletableFuture.completedFuture(new RegistrationResult(
                    waits
                            ? RegistrationResult.Outcome.WAITING
                            : good ? RegistrationResult.Outcome.DONE : RegistrationResult.Outcome.ROLLED_BACK,
                    8,
                    List.of(info("p.jar", PluginInfo.Kind.PLUGIN, "", "transform p")),
                    registration.directories().stream()
                            .map(directory -> info(directory + "/lib.jar", PluginInfo.Kind.LIBRARY, "", "a"))
                            .toList(),
                    List.of("gone " + files + ", come " + registration.jars().size()
                            + (registration.configuration().isEmpty()
                                    ? ""
                                    : ", configuration " + new TreeMap<>(registration.configuration()))),
                    good ? List.of() : List.of("deploy/bad.jar: new"),
                    Map.of("analyse", Duration.ofMillis(2))));
        }

        @Override
        public CompletableFuture<RegistrationResult> unregister(Collection<String> files, ApplyOptions options) {
            return replace(files, Registration.of(List.of(), options));
        }

        @Override
        public CompletableFuture<PluginAnalysis> analyse(Collection<Path> jars, Collection<Path> directories) {
            boolean offered = !directories.isEmpty();
            List<PluginInfo> asked = jars.stream()
                    .map(jar -> info(jar.toString(), PluginInfo.Kind.PLUGIN, "", "transform p"))
                    .toList();
            return CompletableFuture.completedFuture(new PluginAnalysis(
                    asked,
                    offered ? PluginAnalysis.Verdict.FITS_WITH : PluginAnalysis.Verdict.UNFIT,
                    offered ? List.of(info("/more/lib.jar", PluginInfo.Kind.LIBRARY, "", "a")) : List.of(),
                    List.of("user 1.0.0"),
                    List.of("p 1.0.0"),
                    List.of(asked.get(0).file() + " needs package a; nobody has it")));
        }
    }
}
