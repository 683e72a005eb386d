// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be done to the URL of an H2 database before it is opened here. Other URLs stay as they are. */
final class H2Url {
    private static final Pattern RELATIVE = Pattern.compile("jdbc:h2:(?:file:)?\\./(.*)");
    /**
     * What every embedded database is opened with, unless its URL says otherwise: H2 does not close it by a hook of its own
     * when the process ends, as the pipelines still drain then; and what is committed is in the file at once and not after
     * half a second, as a checkpoint may move past it by then, and a process that is killed would lose it.
     */
    private static final Map<String, String> SETTINGS = Map.of("DB_CLOSE_ON_EXIT", "FALSE", "WRITE_DELAY", "0");

    private H2Url() {}

    /** Whether the database lives in this process. */
    static boolean isEmbedded(String url) {
        return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
    }

    /**
     * Whether it is in a file that this process writes. H2 writes what is committed while other transactions go on, and not at one
     * moment of them: should it be killed then, an entry of a transaction may stay that it knows nothing of, and nobody can write
     * that key any more. With one transaction at a time there is no other.
     */
    static boolean isEmbeddedFile(String url) {
        return isEmbedded(url) && !url.startsWith("jdbc:h2:mem:");
    }

    /** A relative path is below the data directory, wherever the process was started. */
    static String of(String url, Path data) {
        if (!isEmbedded(url)) {
            return url;
        }
        Matcher relative = RELATIVE.matcher(url);
        StringBuilder absolute =
                new StringBuilder(relative.matches() ? "jdbc:h2:file:" + data.resolve(relative.group(1)) : url);
        String said = url.toUpperCase(Locale.ROOT);
        new TreeMap<>(SETTINGS).forEach((name, value) -> {
            if (!said.contains(";" + name + "=")) {
                absolute.append(';').append(name).append('=').append(value);
            }
        });
        return absolute.toString();
    }
}
