// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.SecretProvider;
import org.snakepipe.control.Secrets;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.WordText;

/**
 * The secrets of this process: asks those who provide them, the highest ranking first. Keeps no value. From any thread.
 */
public final class SecretWords implements Secrets, SecretNames {
    private static final Logger LOG = LoggerFactory.getLogger(SecretWords.class);

    private final Supplier<List<SecretProvider>> providers;
    private final WordText words;

    /**
     * With those who know.
     *
     * @param providers gives those that are there now, the highest ranking first
     * @param variables of the process
     */
    public SecretWords(Supplier<List<SecretProvider>> providers, Map<String, String> variables) {
        this.providers = providers;
        Map<String, String> fixed = Map.copyOf(variables);
        words = new WordText(this::secret, name -> Optional.ofNullable(fixed.get(name)));
    }

    @Override
    public String fill(String word) throws IOException {
        return words.fill(word);
    }

    /** The same for a fingerprint, which must not fail: what cannot be filled in stays as it is. */
    String filled(String word) {
        try {
            return fill(word);
        } catch (IOException e) {
            LOG.debug("A word stays as it is", e);
            return word;
        }
    }

    private Optional<String> secret(String name) throws IOException {
        for (SecretProvider provider : providers.get()) {
            Optional<String> value = secret(provider, name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** Providers are foreign code: what one throws makes its secrets ones that cannot be told, and nothing else. */
    private static Optional<String> secret(SecretProvider provider, String name) throws IOException {
        try {
            return provider.secret(name);
        } catch (RuntimeException | Error e) {
            tell(provider, e);
            // What it says may hold a value, and so is nowhere.
            throw new IOException("nobody knows the secret " + name + ", as secrets of " + provider.name() + " fail ("
                    + e.getClass().getName() + "): the log has where, please tell who makes them");
        }
    }

    private static void tell(SecretProvider provider, Throwable thrown) {
        LOG.error(
                "Secrets of {} fail with {} {}",
                provider.name(),
                thrown.getClass().getName(),
                Stacks.of(thrown.getStackTrace()));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return secret(name).isPresent();
    }

    @Override
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>();
        for (SecretProvider provider : providers.get()) {
            try {
                names.addAll(provider.names());
            } catch (RuntimeException | Error e) {
                // They are for suggestions; why they cannot be told says whoever asks for one.
                tell(provider, e);
            }
        }
        return names;
    }
}
