// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** Whether the directory of a source can be read. A relative one is made when it is missing, so only an absolute one must be. */
public final class DirectoryCheck implements ConfigCheck {
    @Override
    public List<Problem> check(ConfigId id, Map<String, Object> values, CheckContext context) {
        String written = String.valueOf(values.get("directory"));
        Path directory = context.dataDirectory().resolve(written).normalize();
        if (Files.isDirectory(directory)) {
            return Files.isReadable(directory) && Files.isExecutable(directory)
                    ? List.of()
                    : wrong("the directory " + directory + " cannot be read by this process: give it the right to");
        }
        if (Files.exists(directory)) {
            return wrong(directory + " is a file (needed: a directory)");
        }
        return Path.of(written).isAbsolute()
                ? wrong("the directory " + directory + " is not there: make it, or change directory")
                : List.of();
    }

    private static List<Problem> wrong(String message) {
        return List.of(Problem.error("check.failed", message).key("directory").build());
    }
}
