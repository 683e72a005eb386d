// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import org.snakepipe.api.config.ConfigId;

/**
 * One key of one configuration.
 *
 * @param id     the configuration
 * @param key    the key
 * @param secret whether what reads it is a secret, so that no variable may be read into it
 */
record Reference(ConfigId id, String key, boolean secret) {
    /**
     * The words of a text of this key.
     *
     * @param whole whether it is the whole value, or an element that commas do not separate
     */
    Template read(String text, boolean whole) throws WordException {
        Template template = TemplateParser.parse(text);
        return secret ? template.veiled(whole) : template;
    }

    @Override
    public String toString() {
        return id + "/" + key;
    }
}
