// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import aQute.bnd.annotation.xml.XMLAttribute;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The kind of thing that a text, or each element of a list of texts, names. Only its form is checked. */
@XMLAttribute(namespace = Extensions.NAMESPACE, prefix = Extensions.PREFIX, mapping = "value=format")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Format {
    /** Kinds of things. In lower case, because the name of the constant is what the XML says. */
    enum Kind {
        /** An absolute URI: {@code https://example.org/x}. */
        uri,
        /** A host name, or an IPv4 or IPv6 address. */
        host,
        /** The number of a port, 0 to 65535; of a text or an integer. */
        port,
        /** A path of the file system, absolute or relative. */
        path,
        /** A regular expression of Java. */
        regex,
        /** A glob of {@link java.nio.file.FileSystem#getPathMatcher}, without the {@code glob:} in front. */
        glob
    }

    /**
     * The kind.
     *
     * @return what is named
     */
    Kind value();
}
