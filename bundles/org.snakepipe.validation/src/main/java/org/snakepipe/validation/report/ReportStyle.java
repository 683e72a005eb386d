// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.snakepipe.api.config.Origin;

/**
 * How a report is written.
 *
 * @param directory put in front of the paths of files, so that terminals and editors open them: {@code config/}; may be empty
 * @param colours   whether text is coloured, with the codes of ANSI terminals
 * @param version   of the program, for SARIF; may be empty
 * @param contents  gives a file by its path relative to the configuration directory, for SARIF to tell what a fix does
 */
public record ReportStyle(
        String directory, boolean colours, String version, Function<String, Optional<byte[]>> contents) {
    /** Checks that nothing is missing; a directory gets its {@code /}. */
    public ReportStyle {
        directory = directory.isEmpty() || directory.endsWith("/") ? directory : directory + "/";
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(contents, "contents");
    }

    /**
     * A style without colours that knows no files.
     *
     * @param directory as for the record
     * @return the style
     */
    public static ReportStyle in(String directory) {
        return new ReportStyle(directory, false, "", path -> Optional.empty());
    }

    /** The path of the file that a problem is in; empty when it is in none of the configuration directory. */
    Optional<String> path(Origin origin) {
        boolean elsewhere = origin.source().isEmpty()
                || origin.layer().equals("environment variable")
                || origin.layer().equals("default")
                || origin.layer().equals("plugin")
                || origin.layer().startsWith("override");
        // A plugin is named by where it lies.
        if (!elsewhere && origin.source().startsWith("/")) {
            return Optional.of(origin.source());
        }
        return elsewhere ? Optional.empty() : Optional.of(directory + origin.source());
    }
}
