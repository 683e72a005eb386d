// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the order about one pipeline is remembered; there is no file while it is to run. Thread-safe. */
public final class OrderFile {
    private static final int FORMAT = 1;

    private final JsonFile file;

    /**
     * Names the file.
     *
     * @param directory where orders are; made when missing
     * @param pipeline  name of the pipeline
     */
    public OrderFile(Path directory, String pipeline) {
        this.file = new JsonFile(directory.resolve(pipeline + ".json"));
    }

    /**
     * Reads it.
     *
     * @return {@link Order#NONE} when there is none
     * @throws IOException if it cannot be read or understood; the message says what to do
     */
    public synchronized Order read() throws IOException {
        try {
            Map<String, Object> json = file.read();
            if (!Integer.valueOf(FORMAT).equals(json.get("format"))) {
                throw new IOException("format " + json.get("format") + " (allowed: " + FORMAT + ")");
            }
            return new Order(
                    Order.Kind.valueOf((String) json.get("order")), Instant.parse((String) json.get("since")), (String)
                            json.get("by"));
        } catch (NoSuchFileException e) {
            return Order.NONE;
        } catch (IOException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new IOException(
                    "whether the pipeline is stopped or paused cannot be read from " + file + " (" + e.getMessage()
                            + "): start it, or stop it",
                    e);
        }
    }

    /**
     * Remembers it.
     *
     * @param order what was said
     * @throws IOException if it cannot be written; the message names the file
     */
    public synchronized void write(Order order) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("order", order.kind().name());
        json.put("since", order.since().toString());
        json.put("by", order.by());
        try {
            if (order.kind() == Order.Kind.RUN) {
                file.delete();
            } else {
                file.write(json);
            }
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
