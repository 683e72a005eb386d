// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

class LoggingTest {
    private static final String INSTALLED = """
            <configuration>
              <appender name="file"><encoder><pattern>%d %msg%n</pattern></encoder></appender>
              <logger name="org.jline" level="ERROR"/>
              <root level="INFO"><appender-ref ref="file"/></root>
            </configuration>
            """;
    private static final ConfigId ID = ConfigId.parse(Logging.PID);

    @TempDir
    private Path directory;

    private final List<String> read = new ArrayList<>();
    private final Map<String, String> levels = new HashMap<>();
    private Optional<Logging.Configured> configured = Optional.empty();
    private boolean failing;
    private Path installed;
    private Logging logging;

    @BeforeEach
    void make() throws IOException {
        installed = Files.writeString(directory.resolve("logback.xml"), INSTALLED);
        logging = new Logging(
                installed,
                directory.resolve("data"),
                file -> {
                    if (failing) {
                        throw new IOException("it will not");
                    }
                    read.add(Files.readString(file));
                },
                () -> configured,
                this::logger);
    }

    /** A logger that lets pass what its level says. */
    private Logger logger(String name) {
        int level = LogSettings.LEVELS.indexOf(levels.getOrDefault(name, "INFO"));
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> LogSettings.LEVELS.indexOf(
                                method.getName().replaceAll("is|Enabled", "").toUpperCase(java.util.Locale.ROOT))
                        >= level);
    }

    private List<Problem> settle(String level, String[] loggers, String pattern) {
        configured = Optional.of(new Logging.Configured("print", LogSettings.of(level, loggers, pattern)));
        return logging.settle(1, Map.of(ID, "print"), Duration.ofSeconds(1));
    }

    @Test
    void isWhatTheInstallationSaysUntilItIsConfigured() {
        assertThat(logging.settle(1, Map.of(), Duration.ofSeconds(1))).isEmpty();

        assertThat(read).isEmpty();
        assertThat(logging.name()).isEqualTo("logging");
    }

    @Test
    void becomesWhatIsConfiguredAndGoesBack() {
        levels.putAll(Map.of("ROOT", "WARN", "org.example", "DEBUG", "org.jline", "OFF"));

        assertThat(settle("WARN", new String[] {"org.example = DEBUG", "org.jline=OFF"}, "%level %msg"))
                .isEmpty();

        assertThat(read)
                .singleElement()
                .asString()
                .contains("<root level=\"WARN\">")
                .contains("name=\"org.example\"")
                .contains("<pattern>%level %msg%n</pattern>")
                .doesNotContain("level=\"ERROR\"");

        assertThat(settle("WARN", new String[] {"org.example = DEBUG", "org.jline=OFF"}, "%level %msg"))
                .isEmpty();
        assertThat(read).as("what did not change is left alone").hasSize(1);

        assertThat(logging.settle(2, Map.of(), Duration.ofSeconds(1))).isEmpty();
        assertThat(read.get(1)).isEqualTo(INSTALLED);
    }

    @Test
    void refusesWhenTheLogDidNotTakeIt() {
        levels.put("ROOT", "INFO");

        assertThat(settle("DEBUG", new String[0], ""))
                .extracting(Problem::message)
                .containsExactly("the level of the logger ROOT is INFO and should be DEBUG: the log did not take its"
                        + " configuration");
    }

    @Test
    void refusesWhatHasNotComeUp() {
        configured = Optional.of(new Logging.Configured("of before", LogSettings.of("INFO", new String[0], "")));

        assertThat(logging.settle(1, Map.of(ID, "of now"), Duration.ofSeconds(1)))
                .extracting(Problem::code)
                .containsExactly(Logging.UNEXPLAINED);
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<configuration/>", "no xml", "<!DOCTYPE x><configuration><root/></configuration>"})
    void namesTheFileOfTheInstallationWhenItIsBad(String text) throws IOException {
        Files.writeString(installed, text);

        assertThat(settle("INFO", new String[0], ""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("the log cannot be configured: it ")
                        .contains(installed.toString()));
    }

    @Test
    void namesADateThatCannotBeWrittenAndALoggerThatIsNamedTwice() {
        assertThatThrownBy(() -> LogSettings.of("INFO", new String[0], "%d{yyyy-bbb} %msg"))
                .hasMessageContaining("pattern has the date {yyyy-bbb}, which cannot be written");
        assertThatThrownBy(() -> LogSettings.of("INFO", new String[] {"a=INFO", "a = WARN"}, ""))
                .hasMessage("loggers names a twice: say once which level it has");
        assertThat(LogSettings.of(
                                "INFO",
                                new String[0],
                                "%d{\"HH:mm:ss,SSS\"} %d{HH:mm, Europe/Berlin} %date{ISO8601} %d %d{ISO8601, UTC} %d{HH,+02:00}")
                        .pattern())
                .isPresent();
    }

    /** As it was seen: logback throws, and no line is written any more. */
    @ParameterizedTest
    @ValueSource(strings = {"%d{HH:mm:ss,SSS}", "%d{HH:mm, Nonsense} %msg", "%date{ISO8601,Europe/Berlni}"})
    void namesATimeZoneThatThereIsNot(String pattern) {
        assertThatThrownBy(() -> LogSettings.of("INFO", new String[0], pattern))
                .hasMessageContaining("which cannot be written")
                .hasMessageContaining("{HH:mm, Europe/Berlin}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROOT=DEBUG", "root = OFF"})
    void theRootHasItsOwnKey(String logger) {
        assertThatThrownBy(() -> LogSettings.of("INFO", new String[] {logger}, ""))
                .hasMessageContaining("say which it has with the key level");
    }

    @Test
    void whereALoggerWritesStaysAsTheInstallationSays() throws IOException {
        Files.writeString(installed, """
                <configuration>
                  <logger name="audit" additivity="false"><level value="INFO"/><appender-ref ref="audit"/></logger>
                  <root level="INFO"><appender-ref ref="file"/></root>
                </configuration>
                """);
        levels.put("audit", "DEBUG");

        assertThat(settle("INFO", new String[] {"audit=DEBUG"}, "")).isEmpty();

        assertThat(read)
                .singleElement()
                .asString()
                .contains(
                        "<logger additivity=\"false\" level=\"DEBUG\" name=\"audit\">", "<appender-ref ref=\"audit\"/>")
                .doesNotContain("<level");
    }

    @Test
    void theSameSettingsInAnotherFileOfTheInstallationAreAnotherLog() throws IOException {
        assertThat(settle("INFO", new String[0], "")).isEmpty();
        Files.writeString(installed, INSTALLED.replace("ref=\"file\"", "ref=\"console\""));

        assertThat(settle("INFO", new String[0], "")).isEmpty();

        assertThat(read).hasSize(2);
        assertThat(read.get(1)).contains("ref=\"console\"");
    }

    @Test
    void looksAlsoWhenNothingHadToBeRead() {
        levels.put("ROOT", "WARN");
        assertThat(settle("WARN", new String[0], "")).isEmpty();
        levels.put("ROOT", "INFO");

        assertThat(settle("WARN", new String[0], "")).extracting(Problem::code).containsExactly("logging.failed");
        assertThat(read).hasSize(1);
    }

    @Test
    void whatWasNotReadIsReadAgain() {
        failing = true;
        assertThat(settle("INFO", new String[0], "%level %msg")).hasSize(1);
        failing = false;

        assertThat(settle("INFO", new String[0], "%level %msg")).isEmpty();
        assertThat(read).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%d{HH:mm} %-5level [%thread] %logger{36}: %msg%n", "%msg", "100\\% %X{user} %.-20c %ex{full}"})
    void knowsThePatternsOfLogback(String pattern) {
        assertThat(pattern).matches(LogSettings.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%1234msg",
                "%.99999999999msg",
                "%-5.-1000msg",
                "a\nb",
                "%d{HH\u0007}",
                "\u001b[31m%msg",
                "%messag",
                "%",
                "%d{HH",
                "%nonsense %msg",
                "%(x"
            })
    void knowsWhatIsNone(String pattern) {
        assertThat(pattern).doesNotMatch(LogSettings.PATTERN);
    }
}
