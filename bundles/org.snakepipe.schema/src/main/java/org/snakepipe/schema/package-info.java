/** What configurations may contain, read from Metatype without loading a class, and the check of values against it. */
@Export
@Version("1.0.0")
package org.snakepipe.schema;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
