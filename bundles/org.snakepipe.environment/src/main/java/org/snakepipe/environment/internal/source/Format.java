// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

/** How a file is written. */
public enum Format {
    /** Properties; one configuration, named by the file. */
    CFG(".cfg"),
    /** Typed JSON as OSGi defines it; one configuration, named by the file. */
    CFG_JSON(".cfg.json"),
    /** JSON with PIDs as its outer keys. */
    JSON(".json"),
    /** YAML with PIDs as its outer keys. */
    YAML(".yaml");

    private final String extension;

    Format(String extension) {
        this.extension = extension;
    }

    /** With the dot. */
    public String extension() {
        return extension;
    }

    /** Whether one file may hold several configurations. */
    public boolean holdsSeveral() {
        return this == JSON || this == YAML;
    }

    /** The format of a file name; {@code null} when it is none of these. */
    static Format of(String file) {
        if (file.endsWith(CFG_JSON.extension)) {
            return CFG_JSON;
        }
        for (Format format : values()) {
            if (file.endsWith(format.extension)) {
                return format;
            }
        }
        return null;
    }

    /** The file name without its extension. */
    String stem(String file) {
        return file.substring(0, file.length() - extension.length());
    }
}
