// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A requirement of a bundle in words. Immutable.
 *
 * @param namespace its namespace
 * @param filter    its filter; empty when it has none
 */
public record RequirementText(String namespace, String filter) {
    private static final String EXECUTION_ENVIRONMENT = "osgi.ee";
    private static final Map<String, String> KINDS = Map.of(
            "osgi.wiring.package", "package",
            "osgi.wiring.bundle", "bundle",
            "osgi.wiring.host", "host bundle",
            "osgi.extender", "extender",
            "osgi.implementation", "implementation",
            "osgi.service", "service",
            "osgi.native", "native code for");
    private static final Pattern JAVA = Pattern.compile("JavaSE\\)\\(version=([0-9.]+)");
    private static final Pattern UPPER = Pattern.compile("\\(!\\([a-z-]*version>=([^)]+)\\)\\)");
    private static final Pattern UPPER_INCLUDED = Pattern.compile("\\([a-z-]*version<=([^)]+)\\)");
    private static final Pattern LOWER = Pattern.compile("\\([a-z-]*version>=([^)]+)\\)");

    /** What is needed: {@code package p.lib [2.0.0,3.0.0)}. */
    @Override
    public String toString() {
        Matcher java = JAVA.matcher(filter);
        if (namespace.equals(EXECUTION_ENVIRONMENT) && java.find()) {
            return "Java " + java.group(1);
        }
        String name = name();
        String range = range();
        return KINDS.getOrDefault(namespace, namespace)
                + (name.isEmpty() ? filter.isEmpty() ? "" : " " + filter : " " + name)
                + (range.isEmpty() ? "" : " " + range);
    }

    /** The name that is asked for; empty when the filter asks for something else. */
    public String name() {
        Matcher name = Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)*]+)\\)")
                .matcher(filter);
        return name.find() ? name.group(1) : "";
    }

    /** What is there instead, when the requirement names something that no bundle can bring. */
    public String instead() {
        return switch (namespace) {
            case EXECUTION_ENVIRONMENT -> "this is Java " + Runtime.version().feature();
            case "osgi.native" -> "this is " + System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            default -> "nobody has it";
        };
    }

    /** Name of the attribute that carries the version of such a capability. */
    public String versionAttribute() {
        return namespace.equals("osgi.wiring.bundle") || namespace.equals("osgi.wiring.host")
                ? "bundle-version"
                : "version";
    }

    private String range() {
        Matcher upper = UPPER.matcher(filter);
        Matcher lower = LOWER.matcher(upper.replaceAll(""));
        Matcher included = UPPER_INCLUDED.matcher(filter);
        if (!lower.find()) {
            return "";
        }
        if (upper.reset().find()) {
            return "[" + lower.group(1) + "," + upper.group(1) + ")";
        }
        return included.find() ? "[" + lower.group(1) + "," + included.group(1) + "]" : lower.group(1) + " or higher";
    }
}
