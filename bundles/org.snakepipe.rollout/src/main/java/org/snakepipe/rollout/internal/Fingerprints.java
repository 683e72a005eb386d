// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fingerprints of configurations: HMAC-SHA-256 with a key that this process makes and forgets, so that a fingerprint, which
 * everybody can see, says nothing about a secret. Equal values, equal fingerprints. Used by one thread.
 */
final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGITS = 32;

    private static final String WORD = "$[";

    private final SecretKeySpec key;
    private final UnaryOperator<String> fill;
    private Map<Map<String, Object>, String> known = Map.of();
    /** Looking for one takes longer than a fingerprint; made when the first is asked for. */
    private Mac mac;

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

    /**
     * Those of many at once. Objects that were among the many of the time before have the fingerprint that they had, unless a
     * word is in them, which may be filled with something else by now.
     *
     * @param values none of them changes any more
     * @return for each of these objects its fingerprint
     */
    Map<Map<String, Object>, String> ofAll(Collection<Map<String, Object>> values) {
        Map<Map<String, Object>, String> all = new IdentityHashMap<>();
        Map<Map<String, Object>, String> fixed = new IdentityHashMap<>();
        for (Map<String, Object> one : values) {
            String before = known.get(one);
            Print print = before == null ? print(one) : new Print(before, true);
            all.put(one, print.digits);
            if (print.fixed) {
                fixed.put(one, print.digits);
            }
        }
        known = fixed;
        return all;
    }

    /** 32 hexadecimal digits. */
    String of(Map<String, Object> values) {
        return print(values).digits;
    }

    /** One fingerprint. @param fixed whether the same values have it always */
    private record Print(String digits, boolean fixed) {}

    private Print print(Map<String, Object> values) {
        Mac fresh = fresh();
        boolean fixed = true;
        for (Map.Entry<String, Object> value : new TreeMap<>(values).entrySet()) {
            add(fresh, value.getKey());
            fixed &= add(fresh, value.getValue());
        }
        return new Print(HexFormat.of().formatHex(fresh.doFinal()).substring(0, DIGITS), fixed);
    }

    private Mac fresh() {
        try {
            if (mac == null) {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
            }
            // One that ended in the middle, as somebody who fills words threw, left its beginning.
            mac.reset();
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Each part with its type and length, so that no two different values look the same. Tells whether no word is in it. */
    private boolean add(Mac mac, Object value) {
        boolean fixed = true;
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            add(mac, "array " + length);
            for (int i = 0; i < length; i++) {
                fixed &= add(mac, Array.get(value, i));
            }
        } else if (value instanceof List<?> list) {
            add(mac, "list " + list.size());
            for (Object element : list) {
                fixed &= add(mac, element);
            }
        } else {
            fixed = !String.valueOf(value).contains(WORD);
            Object filled = value instanceof String text && !fixed ? fill.apply(text) : value;
            byte[] bytes = (value.getClass().getSimpleName() + ":" + filled).getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            mac.update(bytes);
        }
        return fixed;
    }
}
