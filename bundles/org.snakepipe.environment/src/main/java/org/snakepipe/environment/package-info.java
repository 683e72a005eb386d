/** Turns a tree of configuration files into one set of values per configuration, each value with its origin. */
@Export
@Version("1.0.0")
package org.snakepipe.environment;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
