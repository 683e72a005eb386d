// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakepipe.api.pipeline.Position;

/** The file of one checkpoint: after a crash it is the old one or the new one, never a mixture. Thread-safe; who holds its monitor keeps others from reading and writing. */
public class CheckpointFile {
    private static final int FORMAT = 1;

    private final JsonFile file;

    /**
     * Names the file.
     *
     * @param directory where checkpoints are; made when missing
     * @param pipeline  name of the pipeline
     */
    public CheckpointFile(Path directory, String pipeline) {
        this.file = new JsonFile(directory.resolve(pipeline + ".json"));
    }

    /**
     * Reads it.
     *
     * @return {@link Checkpoint#START} when there is none
     * @throws IOException if it cannot be read or understood; the message says what to do
     */
    public synchronized Checkpoint read() throws IOException {
        try {
            Map<String, Object> json = file.read();
            if (!Integer.valueOf(FORMAT).equals(json.get("format"))) {
                throw new IOException("format " + json.get("format") + " (allowed: " + FORMAT + ")");
            }
            Map<String, String> offsets = new LinkedHashMap<>();
            ((Map<?, ?>) json.get("position")).forEach((key, value) -> offsets.put((String) key, (String) value));
            return new Checkpoint(
                    Position.of(offsets),
                    number(json.get("total")),
                    json.containsKey("state") ? number(json.get("state")) : 0);
        } catch (NoSuchFileException e) {
            return Checkpoint.START;
        } catch (IOException | ClassCastException | NullPointerException e) {
            throw new IOException(
                    "the checkpoint " + file + " cannot be used (" + e.getMessage()
                            + "): put back a copy, or start over with 'pipeline reset'",
                    e);
        }
    }

    /**
     * Writes it: beside, to the disk, renamed.
     *
     * @param checkpoint what to write
     * @throws IOException if it cannot be written; the message names the file
     */
    public synchronized void write(Checkpoint checkpoint) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("total", checkpoint.total());
        if (checkpoint.state() > 0) {
            json.put("state", checkpoint.state());
        }
        json.put("position", checkpoint.position().offsets());
        try {
            file.write(json);
        } catch (IOException e) {
            throw new IOException("cannot write the checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
