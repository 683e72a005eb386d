// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Keys that the type does not name are allowed: they bring a warning, and are delivered as they are written. */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=open")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Open {
    /**
     * Whether it is so.
     *
     * @return {@code true}; {@code false} is as if the annotation were not there
     */
    boolean value() default true;
}
