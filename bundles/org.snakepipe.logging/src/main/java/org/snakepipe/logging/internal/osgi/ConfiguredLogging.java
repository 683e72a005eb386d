// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.logging.internal.osgi;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.snakepipe.api.config.Live;
import org.snakepipe.api.config.Pattern;
import org.snakepipe.logging.internal.LogSettings;
import org.snakepipe.logging.internal.Logging;

/** The configuration of the log, read and checked. It holds nothing that lives. */
@Component(
        service = ConfiguredLogging.class,
        configurationPid = Logging.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredLogging.Config.class)
public final class ConfiguredLogging {
    /** Configuration of the log. */
    @ObjectClassDefinition(
            name = "Log",
            description = "What is logged, and how a line looks. Where it is written, and how files roll, says"
                    + " etc/logback.xml of the installation. Without it the log is what that file says.")
    @interface Config {
        @AttributeDefinition(
                description = "Least level of what is logged, unless a logger has its own.",
                options = {
                    @Option(label = "TRACE", value = "TRACE"),
                    @Option(label = "DEBUG", value = "DEBUG"),
                    @Option(label = "INFO", value = "INFO"),
                    @Option(label = "WARN", value = "WARN"),
                    @Option(label = "ERROR", value = "ERROR"),
                    @Option(label = "OFF", value = "OFF")
                })
        @Live
        String level() default "INFO";

        @AttributeDefinition(
                required = false,
                description = "Loggers with a level of their own, for themselves and what is below them, for example"
                        + " org.snakepipe.engine=DEBUG.")
        @Pattern(value = LogSettings.LOGGER, hint = "NAME=LEVEL; levels: TRACE, DEBUG, INFO, WARN, ERROR, OFF")
        @Live
        String[] loggers() default {};

        @AttributeDefinition(
                required = false,
                description =
                        "How a line looks, as logback writes it: %d{yyyy-MM-dd HH:mm:ss} %-5level %logger: %msg%n."
                                + " None: as etc/logback.xml says.")
        @Pattern(
                value = "(" + LogSettings.PATTERN + ")?",
                hint = "text and %date{...}, %level, %thread, %logger, %msg, %mdc, %marker, %ex, %relative, %n")
        @Live
        String pattern() default "";
    }

    private final LogSettings settings;

    /**
     * Takes the settings.
     *
     * @param config the settings
     */
    @Activate
    public ConfiguredLogging(Config config) {
        settings = LogSettings.of(config.level(), config.loggers(), config.pattern());
    }

    LogSettings settings() {
        return settings;
    }
}
