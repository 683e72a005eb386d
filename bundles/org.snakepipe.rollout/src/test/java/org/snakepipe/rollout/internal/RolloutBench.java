// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.SecretProvider;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

/** A rollout from files to receipts; only ConfigurationAdmin and the bundles are made by hand. */
final class RolloutBench implements AutoCloseable {
    private static final Duration CHECKS = Duration.ofMillis(300);
    static final String DEMO = "base/snakepipe.demo~a.cfg";

    final FakeAdmin admin = new FakeAdmin();
    final FakeBundles bundles = new FakeBundles();
    final RolloutService service;
    /** What anybody may ask. */
    final ConfigManager snapshot;

    final Path config;
    final List<Recorder> recorders = new CopyOnWriteArrayList<>();
    final List<SecretProvider> providers = new CopyOnWriteArrayList<>();
    volatile Predicate<Path> full = path -> false;
    /** Whether nothing can be deleted either. */
    volatile boolean readOnly;

    private volatile Duration ahead = Duration.ZERO;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final RolloutLoop loop;
    /** What whoever watches was told of files that were written. */
    final Map<ChangeSet.Root, Map<String, String>> written = new ConcurrentHashMap<>();

    private final BlockingQueue<ReloadResult> outcomes = new LinkedBlockingQueue<>();
    private Map<String, FileContent> changed = new TreeMap<>();
    private Set<String> gone = new TreeSet<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private Map<String, FileContent> jars = new TreeMap<>();
    private Map<String, FileContent> overrides = new TreeMap<>();
    private Set<String> goneJars = new TreeSet<>();
    private Set<String> goneOverrides = new TreeSet<>();

    private static <T> List<T> noServices(Class<T> type) {
        return List.of();
    }

    RolloutBench(Path data) {
        this(data, "dev");
    }

    RolloutBench(Path data, String environment) {
        this(data, environment, Map.of());
    }

    RolloutBench(Path data, DriftPolicy drift) {
        this(data, "dev", Map.of(), drift);
    }

    RolloutBench(Path data, String environment, Map<String, String> variables) {
        this(data, environment, variables, DriftPolicy.REVERT);
    }

    private RolloutBench(Path data, String environment, Map<String, String> variables, DriftPolicy drift) {
        this(data, data.resolve("config"), environment, variables, drift, UnaryOperator.identity());
    }

    /** With another configuration directory. */
    static RolloutBench of(Path data, Path config) {
        return new RolloutBench(data, config, "dev", Map.of(), DriftPolicy.REVERT, UnaryOperator.identity());
    }

    /** With other patience than the product has. */
    static RolloutBench patient(Path data, UnaryOperator<RolloutFactory> patience) {
        return new RolloutBench(data, data.resolve("config"), "dev", Map.of(), DriftPolicy.REVERT, patience);
    }

    private RolloutBench(
            Path data,
            Path config,
            String environment,
            Map<String, String> variables,
            DriftPolicy drift,
            UnaryOperator<RolloutFactory> patience) {
        Storage storage = new Storage() {
            @Override
            void write(Path file, byte[] bytes) throws IOException {
                if (full.test(file)) {
                    throw new IOException("No space left on device");
                }
                super.write(file, bytes);
            }

            @Override
            void delete(Path file) throws IOException {
                if (readOnly) {
                    throw new IOException("Read-only file system");
                }
                super.delete(file);
            }
        };
        this.config = config;
        service = patience.apply(new RolloutFactory(
                                admin,
                                bundles,
                                new Plugins(),
                                new SecretWords(() -> providers, variables),
                                () -> recorders,
                                RolloutBench::noServices)
                        .checkingWithin(CHECKS))
                .watchedBy((root, files) -> written.put(root, files))
                .service(
                        storage,
                        new RolloutFactory.House(
                                environment, data, config, data.resolve("deploy"), "1.0", variables, clock, drift),
                        new RolloutFactory.Signals(outcomes::add, () -> {}, () -> {}, new CountDownLatch(0)));
        loop = service.loop();
        snapshot = service;
        file("environments/dev/environment.cfg", "description = tests\n");
    }

    private static final class Plugins implements SchemaSource {
        @Override
        public Collection<Schema> schemas(Set<String> digests) {
            return RolloutBench.schemas(digests);
        }

        @Override
        public Collection<RuleSource> rules(Set<String> digests) {
            return List.of();
        }
    }

    /** The demo is known always, the extra one when the jar with the text "extra" is staged. */
    private static Collection<Schema> schemas(Set<String> digests) {
        List<Schema> schemas = new ArrayList<>();
        Attribute size = attribute("size", Attribute.Type.INTEGER, "1", "100");
        Attribute mood = attribute("mood", Attribute.Type.STRING, null, null);
        Attribute token = attribute("token", Attribute.Type.PASSWORD, null, null);
        schemas.add(new Schema("snakepipe.demo", true, "", "", List.of(size, mood, token)));
        Attribute needed = new Attribute(
                "needed",
                Attribute.Type.STRING,
                0,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                "");
        schemas.add(new Schema("snakepipe.strict", true, "", "", List.of(size, needed)));
        schemas.add(new Schema("snakepipe.user", true, "", "", List.of(reference("demo", "snakepipe.demo"))));
        Attribute defaulted = new Attribute(
                "size",
                Attribute.Type.INTEGER,
                0,
                true,
                List.of("7"),
                Optional.of("1"),
                Optional.of("100"),
                List.of(),
                "",
                "");
        for (String family : List.of("pipeline", "source.any", "sink.any", "transform.any", "datasource")) {
            schemas.add(new Schema("snakepipe." + family, true, "", "", List.of(defaulted)));
        }
        schemas.add(new Schema("snakepipe.logging", false, "", "", List.of(defaulted)));
        schemas.add(new Schema("snakepipe.single", false, "", "", List.of(size)));
        schemas.add(new Schema("com.example.server", false, "", "", List.of(size)));
        if (digests.contains(digest("extra, stricter"))) {
            Attribute small = attribute("size", Attribute.Type.INTEGER, "1", "3");
            schemas.add(new Schema("snakepipe.extra", true, "", "", List.of(small)));
        }
        if (digests.contains(digest("extra, renamed"))) {
            schemas.add(new Schema(
                    "snakepipe.extra", true, "", "", List.of(attribute("amount", Attribute.Type.INTEGER, "1", "100"))));
        }
        if (Stream.of("extra", "extra, mended", "extra, does not start")
                .anyMatch(text -> digests.contains(digest(text)))) {
            schemas.add(new Schema("snakepipe.extra", true, "", "", List.of(size)));
        }
        return schemas;
    }

    private static Attribute reference(String key, String family) {
        Constraints constraints = new Constraints(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(new Constraints.Reference(List.of(family), List.of())),
                false,
                false);
        return new Attribute(
                key,
                Attribute.Type.STRING,
                0,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                "",
                constraints);
    }

    private static Attribute attribute(String key, Attribute.Type type, String min, String max) {
        return new Attribute(
                key, type, 0, false, List.of(), Optional.ofNullable(min), Optional.ofNullable(max), List.of(), "", "");
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileContent content(String text) {
        return new FileContent(text.getBytes(StandardCharsets.UTF_8), digest(text));
    }

    /** The lines of a generation as the first format had them. */
    static List<String> ofTheProductBefore(List<String> lines) {
        return lines.stream()
                .filter(line -> Stream.of("environment", "author", "cause", "changes")
                        .noneMatch(later -> line.contains('"' + later + '"')))
                .map(line -> line.replace("\"format\" : 2", "\"format\" : 1"))
                .toList();
    }

    RolloutBench goneOverride(String name) {
        goneOverrides.add(name);
        return this;
    }

    RolloutBench override(String name, String text) {
        overrides.put(name, new FileContent(text.getBytes(StandardCharsets.UTF_8), digest(text)));
        return this;
    }

    /** Lets time pass, and has everything looked at. */
    ReloadResult after(Duration time) throws InterruptedException {
        ahead = ahead.plus(time);
        return secretsChanged();
    }

    /** Lets time pass. */
    void later(Duration time) {
        ahead = ahead.plus(time);
    }

    Instant now() {
        return clock.instant();
    }

    /** What comes of another secret. */
    ReloadResult secretsChanged() throws InterruptedException {
        loop.changed();
        return next();
    }

    RolloutBench file(String path, String text) {
        changed.put(path, content(text));
        return this;
    }

    /** The same, and it lies in the directory. */
    RolloutBench saved(String path, String text) throws IOException {
        write(path, text);
        return file(path, text);
    }

    /** Lies in the directory, and nobody has heard of it. */
    void write(String path, String text) throws IOException {
        Files.createDirectories(config.resolve(path).getParent());
        Files.writeString(config.resolve(path), text);
    }

    RolloutBench gone(String path) {
        gone.add(path);
        return this;
    }

    RolloutBench unreadable(String path, String reason) {
        unreadable.put(path, reason);
        return this;
    }

    /** Nothing lies there, not even what a bench begins with. */
    RolloutBench empty() {
        changed.clear();
        return this;
    }

    /** The directory is not there. */
    RolloutBench missing() {
        return empty().unreadable(
                        "", "/config cannot be listed (NoSuchFileException): it is read as soon as it is there");
    }

    RolloutBench jar(String name, String text) {
        jars.put(name, content(text));
        return this;
    }

    RolloutBench goneJar(String name) {
        goneJars.add(name);
        return this;
    }

    RolloutLoop loop() {
        return loop;
    }

    /** The first generation, of what was given so far. */
    ReloadResult boot() throws InterruptedException {
        tell(true);
        loop.start();
        return next();
    }

    /** What comes of what was given since. */
    ReloadResult change() throws InterruptedException {
        tell(false);
        return next();
    }

    /** The same, told on the thread of the rollout, so that it finds all roots at once. */
    ReloadResult changeTogether() throws InterruptedException {
        loop.ask(Duration.ofSeconds(20), (commands, permit) -> {
            tell();
            return Optional.of(true);
        });
        return next();
    }

    /** What comes of a directory that is there again, with what was given since. */
    ReloadResult returned() throws InterruptedException {
        loop.changed(new ChangeSet(ChangeSet.Root.CONFIG, true, changed, Set.of(), Map.of()));
        changed = new TreeMap<>();
        return next();
    }

    /** Tells what was given since, and forgets what came of it, in however many parts. */
    void settle() throws InterruptedException, ExecutionException {
        tell();
        service.plan(Optional.empty(), Duration.ofSeconds(20)).get();
        outcomes.clear();
    }

    /** Tells what was given since, of which nothing is to come. */
    void tell() {
        tell(false);
    }

    private void tell(boolean initial) {
        // In one go for the thread that takes them: it merges what waits, and waits for both roots at first.
        if (initial || !jars.isEmpty() || !goneJars.isEmpty()) {
            loop.changed(new ChangeSet(ChangeSet.Root.DEPLOY, initial, jars, goneJars, Map.of()));
        }
        if (initial || !overrides.isEmpty() || !goneOverrides.isEmpty()) {
            loop.changed(new ChangeSet(ChangeSet.Root.OVERRIDES, initial, overrides, goneOverrides, Map.of()));
        }
        overrides = new TreeMap<>();
        goneOverrides = new TreeSet<>();
        if (initial || !changed.isEmpty() || !gone.isEmpty() || !unreadable.isEmpty()) {
            loop.changed(new ChangeSet(ChangeSet.Root.CONFIG, initial, changed, gone, unreadable));
        }
        changed = new TreeMap<>();
        gone = new TreeSet<>();
        unreadable.clear();
        jars = new TreeMap<>();
        goneJars = new TreeSet<>();
    }

    /** Nothing has come of anything that was not asked for. */
    void isQuiet() {
        assertThat(outcomes).as("outcomes that nobody asked for").isEmpty();
    }

    ReloadResult next() throws InterruptedException {
        ReloadResult outcome = outcomes.poll(20, TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome in time").isNotNull();
        return outcome;
    }

    Map<String, Object> values(String id) {
        return admin.published.get(ConfigId.parse(id));
    }

    ConfigState.State state(String id) {
        return snapshot.get(ConfigId.parse(id)).orElseThrow().state();
    }

    @Override
    public void close() {
        service.close();
    }

    record MapSecrets(Map<String, String> values) implements SecretProvider {
        @Override
        public Optional<String> secret(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public String name() {
            return "a map";
        }

        @Override
        public Collection<String> names() {
            return values.keySet();
        }
    }
}
