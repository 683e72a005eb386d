// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an integer measures. Its value may then be written with a unit, {@code 1m30s} or {@code 4MiB}, and is delivered as a
 * number of the unit that is named here; so are {@code min}, {@code max} and the default. A bare number is of that unit too.
 */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=unit")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Unit {
    /** Units of time, and the byte. In lower case, because the name of the constant is what the XML says. */
    enum Measure {
        /** Nanoseconds. */
        ns,
        /** Microseconds. */
        us,
        /** Milliseconds. */
        ms,
        /** Seconds. */
        s,
        /** Minutes. */
        m,
        /** Hours. */
        h,
        /** Days of 24 hours. */
        d,
        /** Bytes. */
        bytes
    }

    /**
     * The unit.
     *
     * @return of the number that is delivered
     */
    Measure value();
}
