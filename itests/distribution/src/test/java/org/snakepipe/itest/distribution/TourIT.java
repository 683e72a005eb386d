// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.distribution;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.runtime.BootstrapProperties;
import org.snakepipe.runtime.Directories;
import org.snakepipe.runtime.FeatureBundle;
import org.snakepipe.runtime.Features;

/** The three minutes of the README, inside the bundles and with the properties that are shipped. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TourIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String KNOBS = "environments/dev/snakepipe.pipeline~demo.cfg";

    @Inject
    private BundleContext context;

    /**
     * The distribution, with a home of its own.
     *
     * @return what Pax Exam is told
     * @throws IOException if the home cannot be made
     */
    @Configuration
    public Option[] distribution() throws IOException {
        Path installation =
                Path.of(System.getProperty("snakepipe.installation")).toRealPath();
        Path home = Files.createDirectories(Path.of("target/home")).toRealPath();
        copy(installation.resolve("config"), home.resolve("config"));
        copy(installation.resolve("demo/inbox"), home.resolve("data/inbox"));
        Directories directories = new Directories(
                installation, home, home.resolve("config"), home.resolve("deploy"), home.resolve("data"));
        List<Option> options = new ArrayList<>();
        for (FeatureBundle feature : Features.read(installation.resolve("features"))) {
            Path jar = installation.resolve("bundles").resolve(feature.fileName());
            options.add(bundle(jar.toUri().toString()).startLevel(feature.startLevel()));
        }
        BootstrapProperties.of(directories, "dev", "test", false, Optional.empty())
                .forEach((name, value) -> {
                    // These two belong to Pax Exam.
                    if (!name.equals(Constants.FRAMEWORK_STORAGE)
                            && !name.equals(Constants.FRAMEWORK_BEGINNING_STARTLEVEL)) {
                        options.add(frameworkProperty(name).value(value));
                    }
                });
        options.add(systemProperty("snakepipe.data").value(home.resolve("data").toString()));
        options.add(frameworkStartLevel(5));
        options.add(junitBundles());
        options.add(cleanCaches());
        return options.toArray(new Option[0]);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private <T> T service(Class<T> type) throws Exception {
        await("a service " + type.getName(), () -> context.getServiceReference(type) != null);
        return context.getService(context.getServiceReference(type));
    }

    private static void await(String what, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!so.call()) {
            assertTrue("in time: " + what, System.nanoTime() < end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private PipelineStatus pipeline(String name) throws Exception {
        Pipelines pipelines = service(Pipelines.class);
        await("a pipeline " + name, () -> pipelines.show(name).isPresent());
        return pipelines.show(name).orElseThrow();
    }

    private void save(String text) throws IOException {
        Path file = Path.of(context.getProperty(House.CONFIG)).resolve(KNOBS);
        Path beside = Files.writeString(file.resolveSibling(".beside"), text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private ReloadResult outcome(ReloadResult.Status status) throws Exception {
        ConfigManager manager = service(ConfigManager.class);
        await(
                "an outcome " + status,
                () -> manager.lastResult()
                        .filter(outcome ->
                                outcome.status() == status && !outcome.cause().equals("boot"))
                        .isPresent());
        return manager.lastResult().orElseThrow();
    }

    private String gogo(String command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true);
        try (CommandSession session = service(CommandProcessor.class).createSession(System.in, print, print)) {
            Object result = session.execute(command);
            return out + String.valueOf(result);
        }
    }

    @Test
    public void everyBundleIsActiveAtItsLevel() throws Exception {
        await("the demo runs", () -> pipeline("demo").state() == PipelineState.RUNNING);
        for (Bundle installed : context.getBundles()) {
            if (installed.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                await(installed + " is active", () -> installed.getState() == Bundle.ACTIVE);
            }
            if ("org.snakepipe.engine".equals(installed.getSymbolicName())) {
                assertEquals(3, installed.adapt(BundleStartLevel.class).getStartLevel());
            }
        }
    }

    @Test
    public void theTour() throws Exception {
        await("rows arrive", () -> pipeline("demo").total() > 0);
        assertEquals(PipelineState.WAITING, pipeline("hotspots").state());

        save("rate.limit = 0\nbatch.size = 20\n");
        ReloadResult applied = outcome(ReloadResult.Status.APPLIED);
        assertTrue(applied.changes().toString(), applied.changes().toString().contains("rate.limit 5 -> 0"));

        save("rate.limit = 0\nbatch.size = 0\n");
        String problem = outcome(ReloadResult.Status.REJECTED).problems().toString();
        assertTrue(
                problem, problem.contains(KNOBS + ":2: batch.size = 0 is below the minimum 1 (allowed: 1 to 10000)"));
        assertEquals(PipelineState.RUNNING, pipeline("demo").state());
        save("rate.limit = 0\nbatch.size = 20\n");

        Path available = Path.of(context.getProperty(House.INSTALLATION)).resolve("plugins-available");
        copy(available, Path.of(context.getProperty(House.DEPLOY)));
        await("the waiting pipeline runs", () -> pipeline("hotspots").state() == PipelineState.RUNNING);
        Path hotspots = Path.of(context.getProperty(House.DATA)).resolve("out/hotspots.ndjson");
        await("it writes", () -> Files.exists(hotspots) && Files.size(hotspots) > 0);

        assertTrue(gogo("pipeline:list").contains("hotspots"));
        assertTrue(gogo("config:explain snakepipe.pipeline~demo batch.size").contains("hides 100   from base/"));
        assertTrue(gogo("plugin:why org.snakepipe.transform.core").contains("transform core"));
    }
}
