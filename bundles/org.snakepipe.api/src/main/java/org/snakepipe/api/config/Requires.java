// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which keys have to have a value too. On a method: when this key is written. On the type: always. A key has a value when it
 * is written and not empty, or has a default that is not.
 */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=requires")
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {
    /**
     * The keys.
     *
     * @return as in a file: {@code batch.size}, {@code .password}
     */
    String[] value();
}
