// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The text never shows, and may hold words like {@code $[secret:name]}. {@code AttributeType.PASSWORD} says the same; this is
 * for keys whose type must stay a string.
 */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=secret")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Secret {
    /**
     * Whether it is so.
     *
     * @return {@code true}; {@code false} is as if the annotation were not there
     */
    boolean value() default true;
}
