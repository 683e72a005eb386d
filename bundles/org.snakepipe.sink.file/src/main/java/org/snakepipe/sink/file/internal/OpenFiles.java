// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.file.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * The files that writers have open, each once. A sink that is replaced is opened anew while the old one still writes, so two
 * writers share a file for a moment; they also may when two sinks name the same file.
 */
@Component(service = OpenFiles.class)
public final class OpenFiles {
    private final Map<Path, Entry> open = new HashMap<>();

    private static final class Entry {
        final AppendFile file;
        int users;

        Entry(AppendFile file) {
            this.file = file;
        }
    }

    synchronized AppendFile open(Path path) throws IOException {
        Entry entry = open.get(path);
        if (entry == null) {
            entry = new Entry(AppendFile.open(path));
            open.put(path, entry);
        }
        entry.users++;
        return entry.file;
    }

    synchronized void close(AppendFile file) throws IOException {
        Entry entry = open.get(file.path());
        if (--entry.users == 0) {
            open.remove(file.path());
            file.close();
        }
    }
}
