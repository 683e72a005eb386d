// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PipelineLoggerTest {
    @Test
    void lessImportantThanTheLevelGoesNowhere() {
        AtomicReference<Level> level = new AtomicReference<>(Level.WARNING);
        PipelineLogger logger = new PipelineLogger("org.snakepipe.pipeline.demo", level::get);

        assertThat(logger.isLoggable(Level.INFO)).isFalse();
        assertThat(logger.isLoggable(Level.WARNING)).isTrue();
        assertThat(logger.isLoggable(Level.OFF)).isFalse();

        level.set(Level.DEBUG);
        assertThat(logger.isLoggable(Level.INFO)).as("in force at once").isTrue();
        assertThat(logger.isLoggable(Level.TRACE)).isFalse();
    }

    @Test
    void takesEveryLevelAndFormat() {
        PipelineLogger logger = new PipelineLogger("org.snakepipe.pipeline.demo", () -> Level.ALL);

        for (Level level : Level.values()) {
            logger.log(level, "plain {0}");
            logger.log(level, "with {0}", 1);
            logger.log(level, "thrown", new IllegalStateException("x"));
        }
        assertThat(logger.isLoggable(Level.TRACE)).isTrue();
    }
}
