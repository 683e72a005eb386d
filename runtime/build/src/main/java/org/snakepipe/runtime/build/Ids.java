// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Ids of the nodes of one file: they depend on names and order among equals, never on lines, so edits elsewhere keep them. */
final class Ids {
    private static final int DIGITS = 16;

    private final String path;
    private final Map<String, Integer> seen = new HashMap<>();

    Ids(String path) {
        this.path = path;
    }

    /** The id of the file itself. */
    String file() {
        return digest(path.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    /** The id of a node. A second node of the same owner, kind and name gets another one. */
    String node(String owner, String kind, String name) {
        String what = path + '\n' + owner + '\n' + kind + '\n' + name;
        int ordinal = seen.merge(what, 1, Integer::sum);
        return digest((what + '\n' + ordinal).getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
