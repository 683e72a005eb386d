// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Origin;
import org.snakepipe.schema.Concealment;

/**
 * One value as everybody may see it, which still knows whether another one is the same. Immutable.
 *
 * @param value  text, number, Boolean, or a list of these; of a secret, a mask
 * @param secret what is behind the mask, only to be compared; {@code null} when nothing is, or nobody knows it
 * @param origin where it is written
 */
record Shown(Object value, Object secret, Optional<Origin> origin) {
    private static final String MASK_BEGINS = "<set";
    private static final Pattern WORD = Pattern.compile("(?<!\\$)\\$\\[(?:secret|env):[A-Za-z0-9_.-]+]");

    /** A value that everybody may see, unless it holds a secret. */
    static Shown of(Object raw, Optional<Origin> origin) {
        if (holdsSecret(raw)) {
            return masked(raw, origin);
        }
        Object value = plain(raw);
        Object shown = Concealment.of(value);
        return new Shown(shown, shown.equals(value) ? null : value, origin);
    }

    /** A value that nobody may see; its words show, as they name secrets and hold none. */
    static Shown masked(Object raw, Optional<Origin> origin) {
        List<?> parts = raw instanceof List<?> list ? list : List.of(raw);
        String words = parts.stream()
                .filter(Deferred.class::isInstance)
                .flatMap(part -> WORD.matcher(part.toString()).results())
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
        return new Shown(words.isEmpty() ? Concealment.MASK : "<set: " + words + ">", plain(raw), origin);
    }

    private static boolean holdsSecret(Object raw) {
        return raw instanceof List<?> list
                ? list.stream().anyMatch(Shown::holdsSecret)
                : raw instanceof Deferred deferred && deferred.secret();
    }

    /** What JSON can say. */
    private static Object plain(Object raw) {
        if (raw instanceof List<?> list) {
            return list.stream().map(Shown::plain).toList();
        }
        if (raw.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int index = 0; index < Array.getLength(raw); index++) {
                elements.add(plain(Array.get(raw, index)));
            }
            return List.copyOf(elements);
        }
        return raw instanceof Number || raw instanceof Boolean ? raw : raw.toString();
    }

    /** Whether both are the same; of secrets, whether what is behind the mask is, as far as both know it. */
    boolean isSame(Shown other) {
        return secret != null && other.secret != null
                ? text(secret).equals(text(other.secret))
                : text(value).equals(text(other.value));
    }

    /** Whether it hides something that nobody can compare: it was read from what others may see. */
    boolean isUncomparable() {
        return secret == null && text(value).toString().contains(MASK_BEGINS);
    }

    /** A number is the same as its text: typed files and others are compared too. A list is never the same as a text. */
    private static Object text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value.toString();
    }
}
