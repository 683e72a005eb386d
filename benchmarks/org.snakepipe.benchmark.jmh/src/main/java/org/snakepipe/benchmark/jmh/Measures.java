// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a benchmark method measures, for the file of results. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Measures {
    /** What: {@code validate.clean}; the same for whoever does the same. */
    String value();

    /** Who. */
    String system() default "Snake Pipe";

    /** {@code groupId/artifactId} of the jar that knows its version; empty for this build. */
    String jar() default "";
}
