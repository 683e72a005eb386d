/** What the plugins for databases have in common: how SQL differs from product to product. */
@Export
@Version("1.0.0")
package org.snakepipe.jdbc;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
