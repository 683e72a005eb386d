// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.snakepipe.control.FileContent;

/** SHA-256, 64 hexadecimal digits in lower case. */
final class Digests {
    private Digests() {}

    static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static FileContent content(byte[] bytes) {
        return new FileContent(bytes, of(bytes));
    }
}
