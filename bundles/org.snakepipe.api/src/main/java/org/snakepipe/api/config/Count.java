// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many elements a list may have. Without it, a list that is required needs one. */
@XMLAttribute(
        namespace = Extensions.NAMESPACE,
        prefix = Extensions.PREFIX,
        mapping = {"min=count-min", "max=count-max"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Count {
    /**
     * The least number.
     *
     * @return 0 or more
     */
    int min() default 0;

    /**
     * The greatest number.
     *
     * @return not below the least
     */
    int max() default Integer.MAX_VALUE;
}
