/** Identity, origin and problems of configuration: the values that every room and every plugin speaks in. */
@Export
@Version("1.0.0")
package org.snakepipe.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
