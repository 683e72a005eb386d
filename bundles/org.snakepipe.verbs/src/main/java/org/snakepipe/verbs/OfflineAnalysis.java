// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.snakepipe.control.OfflinePlatform;

/** {@code plugin:analyse} where nothing runs: the bundles of the product and what lies in {@code deploy/} are what is there. */
public final class OfflineAnalysis {
    private OfflineAnalysis() {}

    /**
     * What would come of registering jars.
     *
     * @param installation directory of the product
     * @param deploy       directory that plugins are dropped into; need not be there
     * @param arguments    as of the verb
     * @return the answer, as of the verb
     * @throws IOException          if the installation is damaged, or there is no room; the message is for people
     * @throws InterruptedException if the caller is interrupted while waiting
     */
    public static Answer of(Path installation, Path deploy, List<String> arguments)
            throws IOException, InterruptedException {
        try (URLClassLoader launcher =
                new URLClassLoader(jars(installation.resolve("lib")), OfflineAnalysis.class.getClassLoader())) {
            OfflinePlatform platform = ServiceLoader.load(OfflinePlatform.class, launcher)
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no launcher in " + installation + "/lib"));
            return platform.ask(
                    installation, deploy, plugins -> new RegistrationVerbs(() -> plugins).analyse(arguments));
        }
    }

    private static URL[] jars(Path directory) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        }
        return jars.toArray(new URL[0]);
    }
}
