// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be done to the URL of an H2 database before it is opened here. Other URLs stay as they are. */
final class H2Url {
    private static final Pattern RELATIVE = Pattern.compile("jdbc:h2:(?:file:)?\\./(.*)");
    private static final String ON_EXIT = "DB_CLOSE_ON_EXIT";

    private H2Url() {}

    /**
     * A relative path is below the data directory, wherever the process was started. And H2 does not close the database by a
     * hook of its own when the process ends, as the pipelines still drain then.
     */
    static String of(String url, Path data) {
        if (!url.startsWith("jdbc:h2:")) {
            return url;
        }
        Matcher relative = RELATIVE.matcher(url);
        String absolute = relative.matches() ? "jdbc:h2:file:" + data.resolve(relative.group(1)) : url;
        boolean said = absolute.toUpperCase(Locale.ROOT).contains(ON_EXIT);
        return said || absolute.startsWith("jdbc:h2:tcp:") ? absolute : absolute + ";" + ON_EXIT + "=FALSE";
    }
}
