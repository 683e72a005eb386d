// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;

class AckWindowTest {
    private static Position at(int offset) {
        return Position.of(Map.of("file", Integer.toString(offset)));
    }

    @Test
    void movesOnlyOverAnUnbrokenRow() {
        AckWindow window = new AckWindow(new Checkpoint(at(5), 5), 100, 1_000);
        Batch first = window.begin(at(10), 5, 50, 1);
        Batch second = window.begin(at(20), 10, 50, 1);
        Batch third = window.begin(at(21), 1, 50, 1);

        window.finish(second);
        window.finish(third);
        assertThat(window.checkpoint()).isEqualTo(new Checkpoint(at(5), 5));
        assertThat(window.inFlight()).as("not yet acknowledged").isEqualTo(16);

        window.finish(first);
        assertThat(window.checkpoint()).isEqualTo(new Checkpoint(at(21), 21));
        assertThat(window.inFlight()).isZero();
    }

    /** Else one batch that is tried again and again would let the replay window grow without end. */
    @Test
    void hasNoRoomBeyondItsBoundsBehindABatchThatIsStuck() throws InterruptedException {
        AckWindow window = new AckWindow(Checkpoint.START, 10, 1_000);
        Batch stuck = window.begin(at(1), 1, 1, 1);
        Batch second = window.begin(at(9), 8, 500, 1);
        window.finish(second);
        assertThat(window.awaitRoom(1)).isTrue();
        assertThat(window.inFlight()).as("not yet acknowledged").isEqualTo(9);
        assertThat(window.bytesInFlight())
                .as("what has arrived takes no memory")
                .isEqualTo(1);

        window.finish(window.begin(at(10), 1, 1, 1));
        assertThat(window.awaitRoom(1)).isFalse();
        window.finish(stuck);
        assertThat(window.awaitRoom(1)).isTrue();
        assertThat(window.inFlight()).isZero();
    }

    @Test
    void hasNoRoomBeyondItsBounds() throws InterruptedException {
        AckWindow window = new AckWindow(Checkpoint.START, 10, 1_000);

        assertThat(window.awaitRoom(0)).isTrue();
        Batch many = window.begin(at(1), 10, 1, 1);
        assertThat(window.awaitRoom(1)).isFalse();
        assertThat(window.awaitEmpty(1)).isFalse();
        window.finish(many);
        assertThat(window.awaitEmpty(1)).isTrue();
        window.begin(at(2), 1, 1_000, 1);
        assertThat(window.awaitRoom(1)).as("bytes count too").isFalse();
    }

    @Test
    void isNotEmptyWhileABatchWithoutRecordsIsOnItsWay() throws InterruptedException {
        AckWindow window = new AckWindow(Checkpoint.START, 10, 1_000);
        Batch forgotten = window.begin(at(1), 0, 0, 1);

        assertThat(window.awaitEmpty(1)).isFalse();
        window.finish(forgotten);
        assertThat(window.awaitEmpty(1)).isTrue();
    }

    @Test
    void wakesWhoWaitsForRoom() throws InterruptedException {
        AckWindow window = new AckWindow(Checkpoint.START, 1, 1_000);
        Batch batch = window.begin(at(1), 1, 1, 1);
        Thread finisher = new Thread(() -> window.finish(batch));
        finisher.start();

        assertThat(window.awaitRoom(10_000_000_000L)).isTrue();
        finisher.join();
    }
}
