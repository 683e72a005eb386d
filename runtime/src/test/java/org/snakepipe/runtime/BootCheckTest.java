// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class BootCheckTest {
    private final BootCheck check = new BootCheck();

    @TempDir
    private Path directory;

    private Framework framework;

    @BeforeEach
    void startTheFramework() throws BundleException {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, directory.resolve("cache").toString()));
        framework.start();
    }

    @AfterEach
    void stopTheFramework() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void aBundleOfTheDistributionThatDidNotStartIsNamed() throws Exception {
        Bundle bundle = install("example.lacking", "org.example.nowhere");
        check.add(bundle);

        assertThatThrownBy(() -> check.requireStarted(1, ""))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("example.lacking 1.0.0 is not resolved")
                .hasMessageContaining("org.example.nowhere");
    }

    /** Levels rise while plugins are installed: one that is not started yet is not a mistake, and not ours to start. */
    @Test
    void aDroppedBundleThatIsOnItsWayIsLeftAlone() throws Exception {
        Bundle shipped = install("example.shipped", "org.osgi.framework");
        check.add(shipped);
        shipped.start();
        Bundle dropped = install("example.dropped", "org.osgi.framework");

        check.requireStarted(1, "");

        assertThat(dropped.getState()).isEqualTo(Bundle.INSTALLED);
    }

    private Bundle install(String name, String imported) throws IOException, BundleException {
        Path jar = directory.resolve(name + ".jar");
        new TestBundle(Files.createDirectory(directory.resolve(name)), name, "1.0.0")
                .header("Import-Package", imported)
                .drop(jar);
        return framework.getBundleContext().installBundle(jar.toUri().toString());
    }
}
