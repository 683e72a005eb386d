// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.felix.fileinstall.internal.WatcherScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** With the scanner of FileInstall itself: it makes a jar of each directory that it takes for a file. */
class FileInstallDirectoriesTest {
    private static final long LONGEST = Duration.ofSeconds(20).toNanos();

    @TempDir
    Path directory;

    private final List<Dictionary<?, ?>> settings = new ArrayList<>();

    private <T> T proxy(Class<T> type, Function<Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(arguments)));
    }

    private String filter() throws IOException {
        Configuration configuration = proxy(Configuration.class, arguments -> {
            settings.add((Dictionary<?, ?>) arguments[0]);
            return true;
        });
        ConfigurationAdmin admin = proxy(ConfigurationAdmin.class, arguments -> configuration);
        new FileInstallDirectories(null, admin, directory).watch("config", directory, true, 1000, "1");
        return (String) settings.get(0).get("felix.fileinstall.filter");
    }

    /** What lies behind the link may be large, and in a circle. */
    @Test
    void linkedDirectoriesAreNotPacked() throws IOException {
        Path config = Files.createDirectories(directory.resolve("config/base")).getParent();
        Path large = Files.createDirectories(directory.resolve("large"));
        BundleContext context = proxy(BundleContext.class, arguments -> null);
        try (WatcherScanner scanner = new WatcherScanner(context, config.toFile(), filter(), "recurse")) {
            Files.createSymbolicLink(config.resolve("base/link"), large);
            Files.createSymbolicLink(config.resolve("..data"), large);
            Files.createSymbolicLink(config.resolve("base/loop"), Path.of("."));
            Path file = Files.writeString(config.resolve("base/a.cfg"), "x");

            assertThat(scanned(scanner, file)).containsExactly(file.toFile());
        }
    }

    @Test
    void whatIsReadRings() throws IOException {
        for (String path : List.of(
                "a.cfg", "base/b~c.cfg", "environments/dev/c.cfg.json", "base.yaml", "secrets.names", "plugin.jar")) {
            assertThat(path).matches(filter());
        }
    }

    private static Set<File> scanned(WatcherScanner scanner, Path last) {
        Set<File> all = new HashSet<>();
        long end = System.nanoTime() + LONGEST;
        while (!all.contains(last.toFile())) {
            assertThat(System.nanoTime()).as("the time it takes").isLessThan(end);
            all.addAll(scanner.scan(false));
        }
        return all;
    }
}
