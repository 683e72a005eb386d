// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The text, or each element of a list, is the id of another configuration: {@code snakepipe.datasource~warehouse}. Nothing is
 * published that names one that is not configured.
 */
@XMLAttribute(
        namespace = Extensions.NAMESPACE,
        prefix = Extensions.PREFIX,
        mapping = {"value=ref", "or=ref-or"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Ref {
    /**
     * Which configurations may be named.
     *
     * @return PIDs and factory PIDs, {@code snakepipe.datasource}; what ends in a dot stands for all PIDs that begin so:
     *     {@code snakepipe.sink.}
     */
    String[] value();

    /**
     * Words that may stand there in place of an id.
     *
     * @return for example {@code stop}
     */
    String[] or() default {};
}
