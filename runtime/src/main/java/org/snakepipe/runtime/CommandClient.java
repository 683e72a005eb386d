// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Hands words to the client of the command room, which asks the running runtime over its local socket. The client is plain
 * Java in the room's bundle, loaded from there when it is needed, so that an installation may leave the room out.
 */
final class CommandClient {
    private static final String JARS = "org.snakepipe.command-*.jar";
    private static final String CLIENT = "org.snakepipe.command.client.Client";

    private CommandClient() {}

    /**
     * Asks.
     *
     * @param words verb first
     * @return exit code of the process
     * @throws StartException if the installation has no command room, or one without a client
     * @throws IOException    if the installation cannot be read
     */
    static int ask(Path installation, Path home, List<String> words) throws StartException, IOException {
        Path jar = jar(installation.resolve("bundles"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, CommandClient.class.getClassLoader())) {
            return (int) loader.loadClass(CLIENT)
                    .getMethod("run", Path.class, List.class)
                    .invoke(null, home, words);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the client failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new StartException(ExitCode.FAILURE, jar + " has no " + CLIENT + ".run(Path, List): " + e);
        }
    }

    private static Path jar(Path bundles) throws StartException, IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(bundles, JARS)) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new StartException(
                ExitCode.FAILURE, "this installation has no command room: there is no " + JARS + " in " + bundles);
    }
}
