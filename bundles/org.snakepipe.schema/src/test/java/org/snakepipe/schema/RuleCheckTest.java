// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.schema.Schemas.texts;
import static org.snakepipe.schema.Schemas.values;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigRule;
import org.snakepipe.api.config.ConfigSet;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

class RuleCheckTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ConfigId ONE = ConfigId.parse("a.b~one");
    private static final ConfigId WAITING = ConfigId.parse("c.d");

    private final Schema schema = Schemas.of("<AD id='list' type='Integer' cardinality='9' required='false'/>"
            + "<AD id='names' type='String' cardinality='-9' required='false'/>"
            + "<AD id='password' type='Password' required='false'/><AD id='size' type='Integer' default='7'/>");
    private final Map<ConfigId, Map<String, ConfigValue>> candidate =
            new TreeMap<>(Map.of(ONE, values("list", "1,2", "names", "x,y", "password", "geheim"), WAITING, values()));

    /** Says what it sees. */
    public static final class Seer implements ConfigRule {
        @Override
        public List<Problem> check(ConfigSet set) {
            String seen = set.ids() + " " + set.ids("a.b") + " " + set.ids("x") + " " + set.texts(ONE, "list")
                    + set.texts(ONE, "names") + set.texts(ONE, "size") + set.texts(ONE, "password")
                    + set.texts(WAITING, "x") + " " + set.value(ONE, "size") + set.value(ONE, "password")
                    + set.values(ONE).get("password");
            return List.of(
                    Problem.error("x.seen", seen)
                            .id(ONE)
                            .key("names")
                            .fixes(List.of(Fix.remove()))
                            .build(),
                    Problem.warning("x.whole", "w".repeat(2000)).id(ONE).build(),
                    Problem.error("x.nowhere", "n").build());
        }
    }

    /** Fails. */
    public static final class Thrower implements ConfigRule {
        @Override
        public List<Problem> check(ConfigSet set) {
            throw new AssertionError("broken");
        }
    }

    /** Gives nothing, not even an empty list. */
    public static final class Empty implements ConfigRule {
        @Override
        public List<Problem> check(ConfigSet set) {
            return null;
        }
    }

    /** Never ends, whatever one does. */
    public static final class Hanger implements ConfigRule {
        @Override
        public List<Problem> check(ConfigSet set) {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    continue;
                }
            }
        }
    }

    /** Needs what is not there everywhere. */
    public static final class Stranger implements ConfigRule {
        @Override
        public List<Problem> check(ConfigSet set) {
            return List.of(
                    Problem.error("x", new XMLStreamException("x").getMessage()).build());
        }
    }

    /** Cannot be made. */
    public static final class Closed implements ConfigRule {
        private Closed() {}

        @Override
        public List<Problem> check(ConfigSet set) {
            return List.of();
        }
    }

    @Test
    void showsARuleEverythingButSecrets() throws Exception {
        List<Problem> problems = run(LONG, source(Seer.class));

        assertThat(texts(problems).get(0))
                .isEqualTo("x.seen 2: [a.b~one, c.d] [a.b~one] [] [1, 2][x, y][7][][] Optional[7]Optional.empty<set>;"
                        + " remove it");
        assertThat(problems.get(1).origin()).get().asString().isEqualTo("base/x.cfg:1");
        assertThat(problems.get(1).message()).hasSize(1003);
        assertThat(problems.get(1).isError()).isFalse();
        assertThat(problems.get(2).origin()).isEmpty();
    }

    @Test
    void makesAProblemOfWhatARuleThrows() throws Exception {
        assertThat(texts(run(LONG, source(Thrower.class, Empty.class, Stranger.class, Closed.class))))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .isEqualTo("rule.failed the rule " + Thrower.class.getName() + " of test.jar fails:"
                                        + " java.lang.AssertionError: broken; the configuration is not checked by it"),
                        text -> assertThat(text).contains("it returned null (allowed: a list)"),
                        text -> assertThat(text).contains("NoClassDefFoundError: javax/xml/stream/XMLStreamException"),
                        text -> assertThat(text).contains("NoSuchMethodException"));
    }

    @Test
    void saysThatAClassIsNotThereOrCannotBeRead() throws Exception {
        RuleSource missing = new RuleSource("m", List.of("no.such.Rule", " "), path -> Optional.empty());
        RuleSource broken = new RuleSource("b", List.of("x.Rule"), path -> {
            throw new IOException("disk on fire");
        });

        assertThat(texts(run(LONG, missing, broken)))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .contains("no.such.Rule (allowed: classes of the bundle itself, java.*, and the API"),
                        text -> assertThat(text).contains("x.Rule cannot be read: disk on fire"));
        assertThat(missing.isEmpty()).isFalse();
    }

    @Test
    void givesUpARuleThatHangsAndStartsItNoSecondTime() throws Exception {
        RuleSource hanging = source(Hanger.class);

        assertThat(texts(run(Duration.ofMillis(20), hanging)))
                .singleElement()
                .asString()
                .startsWith("rule.timeout ")
                .contains("has not come to an end after 20 ms; the configuration is not checked by it");
        assertThat(texts(run(LONG, hanging)))
                .singleElement()
                .asString()
                .contains("is still busy with an earlier check");
    }

    @Test
    void isNotBusyOnceItHasAnswered() throws Exception {
        RuleSource source = source(Seer.class);

        for (int time = 0; time < 1000; time++) {
            assertThat(texts(run(LONG, source))).noneMatch(text -> text.startsWith("rule.timeout"));
        }
    }

    @Test
    void waitsForACheckThatSomebodyElseHasBegun() throws Exception {
        RuleSource source = source(Seer.class);
        ExecutorService others = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Problem>>> checks = Collections.nCopies(200, () -> run(LONG, source));
            for (Future<List<Problem>> check : others.invokeAll(checks)) {
                assertThat(texts(check.get())).noneMatch(text -> text.startsWith("rule.timeout"));
            }
        } finally {
            others.shutdownNow();
        }
    }

    @Test
    void stopsWhenTheCallerIsToStop() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(LONG, source(Hanger.class))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void loadsARuleOnce() throws Exception {
        int[] reads = new int[1];
        RuleSource source = new RuleSource("counted", List.of(Seer.class.getName()), path -> {
            reads[0]++;
            return entry(path);
        });

        run(LONG, source);
        int first = reads[0];
        run(LONG, source);

        assertThat(reads[0]).isEqualTo(first).isPositive();
    }

    private List<Problem> run(Duration limit, RuleSource... sources) throws InterruptedException {
        ValidationResult result = SchemaValidator.create().validate(ONE, candidate.get(ONE), schema);
        return RuleCheck.run(List.of(sources), candidate, Map.of(ONE, result), Map.of("a.b", schema), limit);
    }

    private static RuleSource source(Class<?>... rules) {
        return new RuleSource(
                "test.jar", List.of(rules).stream().map(Class::getName).toList(), RuleCheckTest::entry);
    }

    private static Optional<byte[]> entry(String path) throws IOException {
        if (!path.startsWith("org/snakepipe/schema/")) {
            return Optional.empty();
        }
        try (InputStream in = RuleCheckTest.class.getResourceAsStream("/" + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }
}
