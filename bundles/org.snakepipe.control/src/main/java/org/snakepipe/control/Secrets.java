// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Puts secrets where they are used. Published configuration holds words in their place, {@code $[secret:orders.password]}, so
 * that no value is seen in ConfigurationAdmin or in what the component runtime shows. A service of the rollout; from any
 * thread.
 */
@ProviderType
public interface Secrets {
    /**
     * Fills the words of one text of the configuration: {@code $[secret:NAME]} becomes the value that the first
     * {@link SecretProvider} has, {@code $[env:NAME]} the environment variable, and {@code $$[} is the text {@code $[}. What is
     * filled in is never looked at again. Values are asked for at each call; it may block as long as the providers do.
     *
     * <p>The caller uses the result at once, keeps it in no field, and shows it nowhere.
     *
     * @param word the text as published, words and what stands around them: {@code Bearer $[secret:token]}; never {@code null}
     * @return the text with the values; the same text when it holds no {@code $[}. Never {@code null}
     * @throws IOException if there is no such secret or variable, if a value cannot be read, or if a word is none. The message
     *     is for people, names what is missing, and holds no value. The caller fails to open what needs the text; trying
     *     again may help, because secrets come and go while the process runs
     */
    String fill(String word) throws IOException;
}
