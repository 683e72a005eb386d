// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.state.States;

class CheckpointKeeperTest {
    private static final Checkpoint OF_THE_NEXT = new Checkpoint(Position.of(Map.of("n", "7")), 7);

    @TempDir
    private Path data;

    private Runnable securing = () -> {};

    private final Outlets outlets = new Outlets() {
        @Override
        public boolean offer(List<Record> batch, Optional<ConfigId> only) {
            throw new AssertionError();
        }

        @Override
        public boolean has(ConfigId id) {
            return false;
        }

        @Override
        public Optional<ConfigId> keyed() {
            return Optional.empty();
        }

        @Override
        public boolean secure() {
            securing.run();
            return true;
        }
    };

    /** It was in the middle of saving when it was given up, and its successor has saved since. */
    @Test
    void ofARunThatWasLeftBehindWritesNoCheckpointOverThatOfTheNext() throws Exception {
        CheckpointFile file = new CheckpointFile(data, "demo");
        RunState state = new RunState("demo", null, new Counters());
        AckWindow window = new AckWindow(Checkpoint.START, 10, 1_000, () -> 0);
        CheckpointKeeper keeper = new CheckpointKeeper(
                window,
                Checkpoint.START,
                state,
                new PipelineRun.Services(
                        file,
                        from -> null,
                        reason -> {},
                        new Counters(),
                        new Quarantine(data.resolve("quarantine")),
                        outlets,
                        new States(data.resolve("state"))));
        Batch batch = window.begin(Position.of(Map.of("n", "3")), 3, 30, 1);
        batch.partDone();
        window.finish(batch);
        securing = () -> {
            state.abandon();
            write(file);
        };

        assertThat(keeper.save()).isFalse();
        assertThat(file.read()).isEqualTo(OF_THE_NEXT);
    }

    private static void write(CheckpointFile file) {
        try {
            file.write(OF_THE_NEXT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
