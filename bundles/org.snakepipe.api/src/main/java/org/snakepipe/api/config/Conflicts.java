// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which keys exclude each other. On a method: none of them may be written when this key is. On the type: at most one of them
 * may be written. What is empty, or comes from a default, does not count.
 */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=conflicts")
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Conflicts {
    /**
     * The keys.
     *
     * @return as in a file: {@code batch.size}, {@code .password}
     */
    String[] value();
}
