// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows the values of secrets. A service; of several, the one with the highest {@code service.ranking} is asked first, and the
 * first that answers counts. Environment variables have 200, files 100; what says nothing has 0 and comes after both.
 *
 * <p>Called from any thread, from several at once, whenever a value is needed: once at each opening, not at each record. A
 * provider that can tell when a value changes calls all {@link SecretListener} services. Whoever asks waits, the rollout too, and
 * with it every change: a provider that asks another machine has a deadline of its own, of a second or two, and throws an
 * {@link IOException} after it.
 *
 * <p>A value is in nothing but the answer: in no log, in no message of an exception or of its causes, in no
 * {@link Object#toString}, and in no field for longer than the call needs it.
 */
@ConsumerType
public interface SecretProvider {
    /**
     * What the provider is called in messages and listings, as in "secrets of NAME".
     *
     * @return words for people: {@code environment variables}; never {@code null}, and no value
     */
    String name();

    /**
     * The value of a secret, as it is now.
     *
     * @param name for example {@code orders.password}: letters, digits, {@code _ . / -}; never {@code null}. A provider that
     *     makes paths of names has to see to it that they do not lead elsewhere
     * @return the value; empty when this provider has no such secret: then the next one is asked
     * @throws IOException if there is such a secret and its value cannot be told, or if nobody knows whether there is one. The
     *     message says what to mend, and never holds a value. Nobody else is asked then: the value of another provider could
     *     be an old one
     */
    Optional<String> secret(String name) throws IOException;

    /**
     * What there is, for suggestions and listings. May be fewer than {@link #secret} knows: a provider need not be able to
     * list, and one that cannot at the moment says so in {@link #secret}.
     *
     * @return names as {@link #secret} takes them, in any order; never {@code null}, a copy
     */
    Collection<String> names();
}
