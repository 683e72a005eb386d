// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.logging.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;

/**
 * The log takes part in each change: it becomes what is configured, and is looked at, before the change counts. Without a
 * configuration, as when it is bad at the start, it is what the installation says. Called by one thread at a time.
 */
public final class Logging implements Participant {
    /** What is configured. */
    public static final String PID = "snakepipe.logging";

    private static final Logger LOG = LoggerFactory.getLogger(Logging.class);
    private static final ConfigId ID = ConfigId.parse(PID);

    /**
     * What is configured, as it has come up.
     *
     * @param fingerprint of its values
     * @param settings    made of them
     */
    public record Configured(String fingerprint, LogSettings settings) {}

    /** Who writes the log. */
    public interface Backend {
        /**
         * Becomes what a file says.
         *
         * @param file for logback
         * @throws IOException if it does not
         */
        void read(Path file) throws IOException;
    }

    private final Path installed;
    private final Path rendered;
    private final Backend backend;
    private final Supplier<Optional<Configured>> configured;
    private final Function<String, Logger> loggers;
    /** What the log has read; {@code null} when that is not known. */
    private byte[] now;

    /**
     * It is what the installation says.
     *
     * @param installed  the file of the installation, which the log has read already
     * @param data       the data directory
     * @param backend    writes the log
     * @param configured gives what is configured; empty when nothing is, or it has not come up
     */
    public Logging(Path installed, Path data, Backend backend, Supplier<Optional<Configured>> configured) {
        this(installed, data, backend, configured, LoggerFactory::getLogger);
    }

    Logging(
            Path installed,
            Path data,
            Backend backend,
            Supplier<Optional<Configured>> configured,
            Function<String, Logger> loggers) {
        this.installed = installed;
        this.rendered = data.resolve("run").resolve("logback.xml");
        this.backend = backend;
        this.configured = configured;
        this.loggers = loggers;
        try {
            now = Files.readAllBytes(installed);
        } catch (IOException e) {
            LOG.debug("{} is not there: the log is read anew with the first configuration", installed, e);
        }
    }

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public void hold(long epoch) {
        // It acts by itself at no time.
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
        String fingerprint = wanted.get(ID);
        Optional<Configured> there = configured.get();
        if (fingerprint == null) {
            return become(Optional.empty());
        }
        if (there.filter(one -> fingerprint.equals(one.fingerprint)).isEmpty()) {
            // The component knows why, and its reason takes the place of this one.
            return List.of(problem(UNEXPLAINED, "the log is not configured as it should be"));
        }
        return become(there.map(Configured::settings));
    }

    private List<Problem> become(Optional<LogSettings> settings) {
        boolean other;
        try {
            byte[] bytes = Files.readAllBytes(installed);
            byte[] wanted = settings.isPresent() ? LogbackFile.with(bytes, settings.get()) : bytes;
            // Not the settings are compared: the same in another file of the installation is another log.
            other = !Arrays.equals(wanted, now);
            if (other) {
                now = null;
                write(wanted);
                backend.read(rendered);
                now = wanted;
            }
        } catch (IOException e) {
            return List.of(problem(
                    "logging.failed",
                    "the log cannot be configured: " + e.getMessage() + "; it is made of " + installed + " and written"
                            + " to " + rendered));
        }
        List<Problem> problems = settings.map(this::look).orElse(List.of());
        if (problems.isEmpty() && other) {
            LOG.info("The log is {}", settings.map(LogSettings::toString).orElse("as the installation says"));
        }
        return problems;
    }

    private void write(byte[] bytes) throws IOException {
        Files.createDirectories(rendered.getParent());
        Path beside = rendered.resolveSibling(".logback.xml.new");
        Files.write(beside, bytes);
        Files.move(beside, rendered, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Logback tells nobody what it did not understand: whether it did is seen by what it lets pass. */
    private List<Problem> look(LogSettings settings) {
        List<Problem> problems = new ArrayList<>();
        look(Logger.ROOT_LOGGER_NAME, settings.level(), problems);
        settings.loggers().forEach((name, level) -> look(name, level, problems));
        return problems;
    }

    private void look(String name, String wanted, List<Problem> problems) {
        String found = level(loggers.apply(name));
        if (!found.equals(wanted)) {
            problems.add(problem(
                    "logging.failed",
                    "the level of the logger " + name + " is " + found + " and should be " + wanted
                            + ": the log did not take its configuration"));
        }
    }

    private static String level(Logger logger) {
        if (logger.isTraceEnabled()) {
            return "TRACE";
        }
        if (logger.isDebugEnabled()) {
            return "DEBUG";
        }
        if (logger.isInfoEnabled()) {
            return "INFO";
        }
        if (logger.isWarnEnabled()) {
            return "WARN";
        }
        return logger.isErrorEnabled() ? "ERROR" : "OFF";
    }

    private static Problem problem(String code, String message) {
        return Problem.error(code, message).id(ID).build();
    }

    @Override
    public void release(long epoch) {
        // Nothing was held.
    }
}
