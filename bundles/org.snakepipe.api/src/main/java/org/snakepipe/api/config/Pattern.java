// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a text, or each element of a list of texts, has to look like as a whole. */
@XMLAttribute(
        namespace = Extensions.NAMESPACE,
        prefix = Extensions.PREFIX,
        mapping = {"value=pattern", "hint=pattern-hint"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Pattern {
    /**
     * The regular expression that the whole text has to match.
     *
     * @return as {@link java.util.regex.Pattern} reads it
     */
    String value();

    /**
     * What is allowed, for people: {@code a name of lower case letters}. They see the expression when there is none.
     *
     * @return may be empty
     */
    String hint() default "";
}
