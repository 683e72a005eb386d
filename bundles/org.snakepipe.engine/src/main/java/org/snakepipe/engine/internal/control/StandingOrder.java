// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.nio.file.Path;
import org.snakepipe.engine.internal.checkpoint.Order;
import org.snakepipe.engine.internal.checkpoint.OrderFile;

/**
 * What somebody said last about one pipeline, and its file, which keeps that over restarts. A {@link ManagedPipeline} and its
 * {@link Stopping} change it on the control thread, or, when the engine is closing, on the thread of the {@link Departure}; any
 * thread may read it.
 */
final class StandingOrder {
    private final OrderFile file;
    private volatile Order order;

    /** Reads what was said before this process began. @param directory where orders are */
    StandingOrder(Path directory, String pipeline) {
        file = new OrderFile(directory, pipeline);
        order = remembered(file);
    }

    /** One that cannot be read may say that it is stopped: whoever said so had a reason. */
    private static Order remembered(OrderFile file) {
        try {
            return file.read();
        } catch (IOException e) {
            return Order.now(Order.Kind.STOP, "the engine: " + e.getMessage());
        }
    }

    Order get() {
        return order;
    }

    boolean isStop() {
        return order.isStop();
    }

    boolean isPause() {
        return order.isPause();
    }

    /** Holds from now on; only {@link #write} remembers it over a restart. */
    void set(Order now) {
        order = now;
    }

    /** @throws IOException if it cannot be remembered over a restart */
    void write(Order now) throws IOException {
        file.write(now);
    }
}
