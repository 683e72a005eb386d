// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code old=new}. */
final class Renames {
    private Renames() {}

    static Map<String, String> parse(String[] texts, List<String> problems) {
        Map<String, String> renames = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String from = equals < 0 ? "" : text.substring(0, equals).trim();
            String to = equals < 0 ? "" : text.substring(equals + 1).trim();
            if (from.isEmpty() || to.isEmpty()) {
                problems.add("rename: '" + text + "' names no two fields (allowed: old=new)");
            } else if (renames.putIfAbsent(from, to) != null) {
                problems.add("rename: '" + from + "' is renamed twice");
            }
        }
        return renames;
    }
}
