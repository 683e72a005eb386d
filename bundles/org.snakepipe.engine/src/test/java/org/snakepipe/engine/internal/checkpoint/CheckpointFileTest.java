// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.pipeline.Position;

class CheckpointFileTest {
    @TempDir
    private Path data;

    @Test
    void startsAtTheBeginning() throws IOException {
        assertThat(new CheckpointFile(data.resolve("none"), "p").read()).isEqualTo(Checkpoint.START);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Checkpoint checkpoint = new Checkpoint(Position.of(Map.of("a \"file\".ndjson", "12:ü", "b", "0")), 1L << 40);
        new CheckpointFile(data.resolve("deep/er"), "p").write(checkpoint);

        assertThat(new CheckpointFile(data.resolve("deep/er"), "p").read()).isEqualTo(checkpoint);
        try (Stream<Path> files = Files.list(data.resolve("deep/er"))) {
            assertThat(files).containsExactly(data.resolve("deep/er/p.json"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"format\":2,\"total\":1,\"position\":{}}",
                "{\"format\":1,\"position\":{}}",
                "{\"format\":1,\"total\":\"x\",\"position\":{}}",
                "{\"format\":1,\"total\":1,\"position\":{\"a\":1}}",
                "\u0000\u0001"
            })
    void neverTakesADamagedOneForTheBeginning(String content) throws IOException {
        Path file = Files.writeString(data.resolve("p.json"), content);

        assertThatThrownBy(() -> new CheckpointFile(data, "p").read())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the checkpoint " + file + " cannot be used (")
                .hasMessageEndingWith("put back a copy, or start over with 'pipeline reset'");
    }

    @Test
    void namesTheFileThatCannotBeWritten() throws IOException {
        Path notADirectory = Files.createFile(data.resolve("checkpoints"));

        assertThatThrownBy(() -> new CheckpointFile(notADirectory, "p").write(Checkpoint.START))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write the checkpoint " + notADirectory.resolve("p.json"));
    }
}
