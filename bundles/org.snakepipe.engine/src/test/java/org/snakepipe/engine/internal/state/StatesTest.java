// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.StateStore;

class StatesTest {
    private static final ConfigId PART = ConfigId.parse("snakepipe.transform.x~a");
    private static final ConfigId OTHER = ConfigId.parse("snakepipe.transform.x~b");

    @TempDir
    private Path data;

    private States states;

    @BeforeEach
    void begin() {
        states = states();
    }

    private States states() {
        return new States(data.resolve("demo"));
    }

    private States loaded(long number) throws IOException {
        States again = states();
        again.load(number);
        return again;
    }

    /** A batch that puts a value and passes. */
    private Runnable batch(String key, String value) throws IOException {
        Changes changes = states.begin();
        states.of(PART).put(key, value);
        Runnable arrived = states.pass(changes);
        states.end();
        return arrived;
    }

    private long files() throws IOException {
        try (var files = Files.list(data.resolve("demo"))) {
            return files.count();
        }
    }

    @Test
    void aBatchSeesItsOwnChangesAndOthersSeeThemWhenItHasPassed() throws IOException {
        StateStore store = states.of(PART);
        store.put("a", "1");
        store.put("b", "1");
        Changes changes = states.begin();
        store.put("a", "2");
        store.remove("b");
        store.put("c", "2");
        assertThat(store.all()).isEqualTo(Map.of("a", "2", "c", "2"));
        assertThat(store.get("b")).isEmpty();
        states.end();
        assertThat(store.all()).isEqualTo(Map.of("a", "1", "b", "1"));

        states.pass(changes);

        assertThat(store.all()).isEqualTo(Map.of("a", "2", "c", "2"));
        assertThat(states.of(OTHER).all()).isEmpty();
        assertThat(states.of(PART)).isSameAs(store);
    }

    @Test
    void isOnTheDiskAsFarAsTheCheckpointSays() throws IOException {
        batch("a", "1").run();
        batch("a", "2").run();
        long said = states.number();
        batch("a", "3").run();
        Runnable late = batch("a", "4");
        states.write(said);

        assertThat(loaded(said).of(PART).get("a")).contains("2");
        late.run();
    }

    @Test
    void forgetsWhatComesAfterTheCheckpointForGood() throws IOException {
        batch("a", "1").run();
        long said = states.number();
        states.write(states.number());
        batch("b", "2").run();
        states.write(states.number());

        States second = loaded(said);
        second.of(PART).put("c", "3");
        second.write(second.number());

        assertThat(loaded(second.number()).of(PART).all()).isEqualTo(Map.of("a", "1", "c", "3"));
    }

    @Test
    void whatWasUnderWayWhenItBeganAnewIsNobodys() throws IOException {
        batch("a", "1").run();
        states.write(states.number());
        Changes before = states.begin();
        states.of(PART).put("a", "2");
        Runnable late = batch("b", "2");
        states.load(states.number());

        states.pass(before).run();
        late.run();
        states.end();

        assertThat(states.of(PART).all()).isEqualTo(Map.of("a", "1"));
        assertThat(states.number()).isEqualTo(1);
    }

    /** Whatever byte a crash stops at. */
    @Test
    void isWholeThoughTheEndIsTorn() throws IOException {
        batch("a", "1").run();
        states.write(states.number());
        Path file = data.resolve("demo/" + String.format("%019d.state", 1));
        long whole = Files.size(file);
        batch("a", "2").run();
        states.write(states.number());
        byte[] all = Files.readAllBytes(file);

        for (int size = (int) whole; size < all.length; size++) {
            Files.write(file, Arrays.copyOf(all, size));
            assertThat(loaded(1).of(PART).get("a")).contains("1");
            assertThatThrownBy(() -> loaded(2))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "ends at change 1, and the checkpoint needs 2: put back a copy of both, or start over"
                                    + " with 'pipeline reset'");
        }
        Files.write(file, all);
        assertThat(loaded(2).of(PART).get("a")).contains("2");
    }

    @Test
    void growsWithWhatIsKeptAndNotWithWhatHappens() throws IOException {
        String large = "x".repeat(10_000);
        for (int round = 0; round < 1_000; round++) {
            batch("a", large + round).run();
            states.write(states.number());
            states.saved(states.number());
        }

        assertThat(files()).isEqualTo(1);
        try (var files = Files.list(data.resolve("demo"))) {
            assertThat(Files.size(files.findFirst().orElseThrow())).isLessThan(3 << 20);
        }
        assertThat(loaded(1_000).of(PART).get("a")).contains(large + 999);
    }

    @Test
    void keepsTheOldFileUntilACheckpointNeedsItNoMore() throws IOException {
        String large = "x".repeat(200_000);
        batch("a", large).run();
        states.write(states.number());
        long said = states.number();
        for (int round = 0; files() < 2; round++) {
            batch("a", large + round).run();
            states.write(states.number());
            states.saved(said);
        }
        assertThat(loaded(said).of(PART).get("a")).contains(large);
    }

    @Test
    void refusesMoreThanItMayKeepAlsoWithinOneBatch() throws IOException {
        StateStore store = states.of(PART);
        String quarter = "x".repeat((int) (StateStore.MOST_BYTES / 8));
        store.put("a", quarter);
        store.put("b", quarter);
        Changes changes = states.begin();
        store.put("c", quarter);
        assertThatThrownBy(() -> store.put("d", quarter))
                .isInstanceOf(IOException.class)
                .hasMessage("the state of " + PART
                        + " would have more than 16777216 bytes: it has to forget something first");
        store.remove("a");
        store.put("d", quarter);
        store.put("d", quarter);
        states.pass(changes).run();
        states.end();

        assertThat(store.all()).containsOnlyKeys("b", "c", "d");
        assertThatThrownBy(() -> store.put("e", quarter)).isInstanceOf(IOException.class);
    }

    @Test
    void beginsEmptyWhenTheCheckpointSaysSo() throws IOException {
        batch("a", "1").run();
        states.write(states.number());

        assertThat(loaded(0).of(PART).all()).isEmpty();
        assertThat(files()).isZero();
    }
}
