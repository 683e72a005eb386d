// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fingerprints of configurations: HMAC-SHA-256 with a key that this process makes and forgets, so that a fingerprint, which
 * everybody can see, says nothing about a secret. Equal values, equal fingerprints.
 */
final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGITS = 32;

    private static final String WORD = "$[";

    private final SecretKeySpec key;
    private final UnaryOperator<String> fill;

    /**
     * With a key of its own.
     *
     * @param fill gives the value of a text with words: another secret is another fingerprint
     */
    Fingerprints(UnaryOperator<String> fill) {
        this.fill = fill;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    /** 32 hexadecimal digits. */
    String of(Map<String, Object> values) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            new TreeMap<>(values).forEach((name, value) -> {
                add(mac, name);
                add(mac, value);
            });
            return HexFormat.of().formatHex(mac.doFinal()).substring(0, DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Each part with its type and length, so that no two different values look the same. */
    private void add(Mac mac, Object value) {
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            add(mac, "array " + length);
            for (int i = 0; i < length; i++) {
                add(mac, Array.get(value, i));
            }
        } else if (value instanceof List<?> list) {
            add(mac, "list " + list.size());
            list.forEach(element -> add(mac, element));
        } else {
            Object filled = value instanceof String text && text.contains(WORD) ? fill.apply(text) : value;
            byte[] bytes = (value.getClass().getSimpleName() + ":" + filled).getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            mac.update(bytes);
        }
    }
}
