// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value may change in what is open: nothing is closed and opened again for it. */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=live")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Live {
    /**
     * Whether it is so.
     *
     * @return {@code true}; {@code false} is as if the annotation were not there
     */
    boolean value() default true;
}
