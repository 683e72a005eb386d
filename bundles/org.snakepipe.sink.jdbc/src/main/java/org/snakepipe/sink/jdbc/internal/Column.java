// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One column and the field it takes.
 *
 * @param name of the column
 * @param path of the field
 * @param type of the column; empty when the table is not made here
 */
record Column(String name, List<String> path, String type) {
    private static final Pattern SYNTAX =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:=([A-Za-z0-9_.]+))?(?:\\s+(.+))?");

    static Column parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("columns: '" + text + "' is no column (allowed: name, name TYPE,"
                    + " name=path TYPE, for example: line=at.line integer)");
        }
        String name = matcher.group(1);
        String path = matcher.group(2) == null ? name : matcher.group(2);
        return new Column(
                name,
                List.of(path.split("\\.")),
                matcher.group(3) == null ? "" : matcher.group(3).trim());
    }

    Object value(Map<String, Object> record) {
        Object value = record;
        for (String part : path) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return value;
    }
}
