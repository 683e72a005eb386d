// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs of the parts of one pipeline: what is less important than its {@code log.level}, which may change, goes nowhere. */
final class PipelineLogger implements System.Logger {
    private final Logger target;
    private final Supplier<Level> least;

    PipelineLogger(String name, Supplier<Level> least) {
        this.target = LoggerFactory.getLogger(name);
        this.least = least;
    }

    @Override
    public String getName() {
        return target.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF && level.getSeverity() >= least.get().getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (!isLoggable(level)) {
            return;
        }
        switch (level) {
            case ERROR -> target.error(message, thrown);
            case WARNING -> target.warn(message, thrown);
            case INFO -> target.info(message, thrown);
            case DEBUG -> target.debug(message, thrown);
            default -> target.trace(message, thrown);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(level)) {
            String message =
                    parameters == null || parameters.length == 0 ? format : MessageFormat.format(format, parameters);
            log(level, bundle, message, (Throwable) null);
        }
    }
}
