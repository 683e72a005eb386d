// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.schema.HeaderClause;

/** What a manifest says that the bundle does not resolve without, in words. */
final class ManifestRequirements {
    private ManifestRequirements() {}

    /**
     * Reads the headers.
     *
     * @param headers name to value
     * @return without what is optional, what Java itself has, and what the bundle brings along
     * @throws IllegalArgumentException if a header is not well formed
     */
    static List<String> of(Map<String, String> headers) {
        List<String> words = new ArrayList<>();
        Set<String> own = new HashSet<>();
        HeaderClause.parse(headers.get("Export-Package")).forEach(clause -> own.addAll(clause.paths()));
        for (HeaderClause clause : mandatory(headers.get("Import-Package"))) {
            clause.paths().stream()
                    .filter(name -> !own.contains(name) && !name.startsWith("java."))
                    .forEach(name -> words.add("package " + name + range(clause, "version")));
        }
        for (HeaderClause clause : mandatory(headers.get("Require-Bundle"))) {
            clause.paths().forEach(name -> words.add("bundle " + name + range(clause, "bundle-version")));
        }
        for (HeaderClause clause : mandatory(headers.get("Require-Capability"))) {
            String filter = clause.directives().getOrDefault("filter", "");
            clause.paths().forEach(namespace -> words.add(new RequirementText(namespace, filter).toString()));
        }
        String java = headers.get("Bundle-RequiredExecutionEnvironment");
        if (java != null) {
            words.add(java.trim());
        }
        return words.stream().distinct().toList();
    }

    private static String range(HeaderClause clause, String attribute) {
        String range = clause.attributes().get(attribute);
        return range == null ? "" : " " + range;
    }

    private static List<HeaderClause> mandatory(String header) {
        return HeaderClause.parse(header).stream()
                .filter(clause ->
                        !clause.directives().getOrDefault("resolution", "").equals("optional"))
                .filter(clause ->
                        clause.directives().getOrDefault("effective", "resolve").equals("resolve"))
                .toList();
    }
}
