// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the process comes up with what it remembers, and how it ends when it cannot go on. */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartIT {
    private static final int LOOKS = 120;
    private static final String FILE = "config/base/snakepipe.kettle~one.cfg";

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("home"));
    }

    @AfterEach
    void endTheProcess() {
        home.close();
    }

    private void start() throws Exception {
        home.run();
        home.waitForLine("Snake Pipe ");
    }

    private void stop(Process process) throws InterruptedException {
        process.toHandle().destroy();
        assertThat(home.waitForEnd()).isEqualTo(ExitCode.OK);
    }

    /** Each look is a process, which takes its time. */
    private String ask(Predicate<String> wanted, String... words) throws Exception {
        String said = home.ask(0, words);
        for (int look = 0; look < LOOKS && !wanted.test(said); look++) {
            said = home.ask(0, words);
        }
        assertThat(said).matches(wanted);
        return said;
    }

    @Test
    void comesUpWithLastGoodWhenItsConfigurationIsNotThere() throws Exception {
        Path config = home.path().resolve("config");
        Process first = home.run();
        home.waitForLine("Snake Pipe ");
        ask(said -> said.contains("snakepipe.pipeline~"), "config", "list");
        stop(first);
        Path away = Files.move(config, directory.resolve("away"));
        byte[] lastGood = Files.readAllBytes(home.path().resolve("data/last-good/dev.json"));

        home.run();
        assertThat(home.waitForLine("snakepipe: there is no configuration directory"))
                .contains("what was in force when all was well is in force until it is there");
        home.waitForLine("Snake Pipe ");

        String status = ask(said -> said.contains("apply "), "status");
        assertThat(status.split("are gone at once", -1))
                .as("said once: %s", status)
                .hasSize(2);
        assertThat(home.ask(0, "config", "list")).contains("snakepipe.pipeline~");
        assertThat(config).doesNotExist();
        assertThat(Files.readAllBytes(home.path().resolve("data/last-good/dev.json")))
                .isEqualTo(lastGood);

        Files.move(away, config);
        ask(said -> !said.contains("are gone at once"), "status");
        assertThat(home.ask(0, "config", "list")).contains("snakepipe.pipeline~");
    }

    @Test
    void waitsForAConfigurationThatWasNeverThere() throws Exception {
        Path config = home.path().resolve("config");
        Path away = Files.move(config, directory.resolve("away"));
        assertThat(home.ask(ExitCode.FAILURE, "run", "--once", "demo")).contains("there is no configuration directory");

        home.run();
        assertThat(home.waitForLine("snakepipe: there is no configuration directory"))
                .contains("nothing is configured until it is there");
        home.waitForLine("Snake Pipe ");
        ask(said -> said.contains("it is read as soon as it is there"), "status");

        Files.move(away, config);
        ask(said -> said.contains("snakepipe.pipeline~"), "config", "list");
    }

    @Test
    void endsWithItsOwnCodeWhenConfigurationCannotBeDeliveredAnyMore() throws Exception {
        Process process = home.with("SNAKE_PIPE_SUPERVISED", "true").run();
        home.waitForLine("Snake Pipe ");
        new TestBundle(Files.createDirectory(directory.resolve("work")), "itest.hanging", "1.0.0")
                .header("Bundle-Activator", "itest.hanging.Hanging")
                .header("Import-Package", "org.osgi.framework, org.osgi.service.cm")
                .source("itest.hanging.Hanging", """
                        package itest.hanging;
                        import java.util.concurrent.CountDownLatch;
                        import org.osgi.framework.*;
                        import org.osgi.service.cm.*;
                        public class Hanging implements BundleActivator, ConfigurationListener {
                            public void start(BundleContext context) {
                                context.registerService(ConfigurationListener.class, this, null);
                            }
                            public void stop(BundleContext context) {}
                            public void configurationEvent(ConfigurationEvent event) {
                                while (true) {
                                    try {
                                        new CountDownLatch(1).await();
                                    } catch (InterruptedException e) {
                                        // As badly written code does.
                                    }
                                }
                            }
                        }
                        """)
                .drop(home.path().resolve("deploy/hanging.jar"));

        // It may hear of the change that it came with only after the rollout has: then the next one is held up.
        Path file = home.path().resolve("config/base/snakepipe.sink.file~hanging.cfg");
        for (int change = 0; change < LOOKS && !process.waitFor(1, TimeUnit.SECONDS); change++) {
            Path beside = Files.writeString(file.resolveSibling(".change"), "path = " + change + "\n");
            Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(home.waitForEnd()).isEqualTo(ExitCode.STUCK);
        home.waitForLine("Configuration cannot be delivered any more");
        assertThat(Files.readString(home.path().resolve("data/log/snakepipe.log")))
                .contains("CM Event Dispatcher", "itest.hanging.Hanging");
    }

    @Test
    void lastGoodOfAnOlderPluginComesUpUnderANewerOne() throws Exception {
        Path jar = Files.createDirectories(home.path().resolve("deploy")).resolve("kettle.jar");
        kettle("1.0.0", "size", "").drop(jar);
        Path file = Files.writeString(home.path().resolve(FILE), "# ours\nsize = 7\n");
        Process first = home.run();
        home.waitForLine("Snake Pipe ");
        assertThat(home.ask(0, "config", "get", "snakepipe.kettle~one")).contains("size");
        stop(first);

        Files.delete(jar);
        kettle("2.0.0", "amount", ";migrations:List<String>=\"itest.kettle.Renamed\"")
                .drop(jar);
        start();

        assertThat(home.ask(0, "config", "get", "snakepipe.kettle~one"))
                .contains("amount")
                .contains("7");
        assertThat(home.ask(0, "status"))
                .contains("not live base/snakepipe.kettle~one.cfg", "what it was before stays in force");
        assertThat(file).as("it is nobody's but theirs").hasContent("# ours\nsize = 7\n");
        Files.writeString(file, "amount = 8\n");
        ask(said -> !said.contains("not live"), "status");
    }

    private TestBundle kettle(String version, String key, String migrations) throws IOException {
        return new TestBundle(Files.createDirectory(directory.resolve("work" + version)), "itest.kettle", version)
                .header("Import-Package", "org.snakepipe.api.config, org.snakepipe.api.pipeline")
                .header(
                        "Provide-Capability",
                        "org.snakepipe.plugin;version:Version=\"1.0.0\";kind=resource;name=kettle;"
                                + "component=\"itest.kettle.Kettle\"" + migrations
                                + ", osgi.service;objectClass:List<String>=\"org.snakepipe.api.pipeline.Resource\"")
                .header(
                        "Require-Capability",
                        "org.snakepipe.api;filter:=\"(org.snakepipe.api=plugin)\", osgi.extender;"
                                + "filter:=\"(osgi.extender=osgi.component)\"")
                .header("Service-Component", "OSGI-INF/kettle.xml")
                .entry("OSGI-INF/kettle.xml", """
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="itest.kettle.Kettle"
                            configuration-policy="require" configuration-pid="snakepipe.kettle">
                          <implementation class="itest.kettle.Kettle"/>
                          <service><provide interface="org.snakepipe.api.pipeline.Resource"/></service>
                        </scr:component>
                        """)
                .entry("OSGI-INF/metatype/kettle.xml", """
                        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.3.0">
                          <OCD id="kettle" name="Kettle" description="A test.">
                            <AD id="KEY" name="KEY" type="Integer" required="false" min="1" max="100" description="A test."/>
                          </OCD>
                          <Designate factoryPid="snakepipe.kettle"><Object ocdref="kettle"/></Designate>
                        </metatype:MetaData>
                        """.replace("KEY", key))
                .source("itest.kettle.Kettle", """
                        package itest.kettle;
                        import org.snakepipe.api.pipeline.*;
                        public class Kettle implements Resource<String> {
                            public Shared<String> open(OpenContext context) {
                                throw new UnsupportedOperationException();
                            }
                        }
                        """)
                .source("itest.kettle.Renamed", """
                        package itest.kettle;
                        import java.util.Map;
                        import org.snakepipe.api.config.*;
                        public class Renamed implements ConfigMigration {
                            public Map<String, Fix> migrate(ConfigId id, Map<String, Object> values, String from) {
                                return values.containsKey("size") ? Map.of("size", Fix.rename("amount")) : Map.of();
                            }
                        }
                        """);
    }
}
