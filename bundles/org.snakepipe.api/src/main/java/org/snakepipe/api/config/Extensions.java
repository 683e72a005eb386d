// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

/**
 * Names of what our annotations add to the Metatype XML of a bundle. bnd writes them there when it builds the bundle, as
 * attributes of {@code OCD} and {@code AD}; a bundle that is built otherwise can carry them in its XML just as well.
 */
public final class Extensions {
    /** The namespace of the attributes. */
    public static final String NAMESPACE = "http://snakepipe.org/xmlns/metatype/v1";

    /** The prefix that bnd writes; readers go by the namespace. */
    public static final String PREFIX = "sp";

    private Extensions() {}
}
