// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long a text, or each element of a list of texts, may be, in UTF-16 units. */
@XMLAttribute(
        namespace = Extensions.NAMESPACE,
        prefix = Extensions.PREFIX,
        mapping = {"min=length-min", "max=length-max"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Length {
    /**
     * The least length.
     *
     * @return 0 or more
     */
    int min() default 0;

    /**
     * The greatest length.
     *
     * @return not below the least
     */
    int max() default Integer.MAX_VALUE;
}
