// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.util.ArrayList;
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
            Optional<String> value = provider.secret(name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean exists(String name) throws IOException {
        return secret(name).isPresent();
    }

    @Override
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>();
        new ArrayList<>(providers.get()).forEach(provider -> names.addAll(provider.names()));
        return names;
    }
}
