// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The documents that a fresh home finds in its inbox, so that the demo has something to do. */
final class DemoInput {
    /** A configuration without the source of the demo has no use for its documents. */
    private static final Path READER = Path.of("base", "snakepipe.source.file~inbox.cfg");

    private DemoInput() {}

    /**
     * Copies them if the demo is configured and there is no inbox yet. The inbox appears with all of them or not at all.
     *
     * @return how many documents were copied; 0 if there is an inbox, or the installation has no documents
     * @throws IOException if a file cannot be copied
     */
    static int seed(Directories directories) throws IOException {
        Path from = directories.installation().resolve("demo/inbox");
        if (!Files.exists(directories.config().resolve(READER))
                || Files.exists(directories.inbox())
                || !Files.isDirectory(from)) {
            return 0;
        }
        Path partial = Files.createTempDirectory(directories.data(), "inbox-");
        try {
            List<Path> documents = files(from);
            for (Path document : documents) {
                Files.copy(document, partial.resolve(document.getFileName()));
            }
            Files.move(partial, directories.inbox(), StandardCopyOption.ATOMIC_MOVE);
            return documents.size();
        } catch (IOException e) {
            remove(partial, e);
            throw e;
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void remove(Path partial, IOException reason) {
        try (Stream<Path> all = Files.walk(partial)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
