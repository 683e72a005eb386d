// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakepipe.api.config.Format;

/** Whether a text can name what it is to name. Only its form is looked at: nothing is opened, and no name is resolved. */
enum FormatCheck {
    URI("an absolute URI such as https://example.org/x") {
        @Override
        String wrong(String text) {
            try {
                return new URI(text).isAbsolute() ? "" : "has no scheme";
            } catch (URISyntaxException e) {
                return "is no URI: " + e.getReason() + (e.getIndex() < 0 ? "" : " at " + (e.getIndex() + 1));
            }
        }
    },
    HOST("a host name, or an IPv4 or IPv6 address") {
        @Override
        String wrong(String text) {
            return HostName.isValid(text) ? "" : "is no host";
        }
    },
    PORT("0 to 65535") {
        @Override
        String wrong(String text) {
            boolean digits =
                    text.length() <= 5 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits && Integer.parseInt(text) <= 65_535 ? "" : "is no port";
        }
    },
    PATH("a path") {
        @Override
        String wrong(String text) {
            try {
                return Path.of(text).toString().isEmpty() ? "names nothing" : "";
            } catch (InvalidPathException e) {
                return "is no path: " + e.getReason();
            }
        }
    },
    REGEX("a regular expression") {
        @Override
        String wrong(String text) {
            try {
                Pattern.compile(text);
                return "";
            } catch (PatternSyntaxException e) {
                return "is no regular expression: " + e.getDescription() + " near index " + e.getIndex();
            }
        }
    },
    GLOB("a glob such as **.json") {
        @Override
        String wrong(String text) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + text);
                return "";
            } catch (PatternSyntaxException e) {
                return "is no glob: " + e.getDescription() + " near index " + e.getIndex();
            }
        }
    };

    private final String allowed;

    FormatCheck(String allowed) {
        this.allowed = allowed;
    }

    static FormatCheck of(Format.Kind kind) {
        return switch (kind) {
            case uri -> URI;
            case host -> HOST;
            case port -> PORT;
            case path -> PATH;
            case regex -> REGEX;
            case glob -> GLOB;
        };
    }

    void check(String text) throws RejectedValueException {
        String wrong = wrong(text);
        if (!wrong.isEmpty()) {
            throw new RejectedValueException("value.format", wrong);
        }
    }

    String allowed() {
        return allowed;
    }

    /** What is wrong with it; empty when nothing is. Quotes nothing of it, as it may be a secret. */
    abstract String wrong(String text);
}
