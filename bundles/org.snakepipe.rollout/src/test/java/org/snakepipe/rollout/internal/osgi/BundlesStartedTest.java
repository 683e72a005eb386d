// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.condition.Condition;
import org.snakepipe.control.House;

class BundlesStartedTest {
    private static final int LEVEL = 5;
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path storage;

    private Framework framework;

    private BundleContext framework(Map<String, String> properties) throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.init();
        return framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }

    @Test
    void withALauncherNoStartLevelAndNoEventOfTheFrameworkSaysSo() throws Exception {
        BundleContext context =
                framework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), House.LAUNCHER, "true"));
        BundlesStarted started = BundlesStarted.in(context);
        framework.start();
        CountDownLatch told = new CountDownLatch(1);
        FrameworkListener last = event -> told.countDown();
        framework.adapt(FrameworkStartLevel.class).setStartLevel(LEVEL, last);
        assertThat(told.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(started.latch().getCount()).isOne();

        context.registerService(
                Condition.class,
                Condition.INSTANCE,
                new Hashtable<>(Map.of(Condition.CONDITION_ID, House.BUNDLES_STARTED)));
        assertThat(started.latch().getCount()).isZero();
        assertThat(BundlesStarted.in(context).latch().getCount())
                .as("also for who comes later")
                .isZero();
    }

    @Test
    void withoutALauncherAnActiveFrameworkSaysSo() throws Exception {
        BundleContext context = framework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        BundlesStarted started = BundlesStarted.in(context);
        assertThat(started.latch().getCount()).isOne();

        framework.start();
        assertThat(started.latch().await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
