/**
 * How the rooms of the runtime speak with each other: interfaces and values, no logic. Rooms that implement these never
 * import one another.
 */
@Export
@Version("1.0.0")
package org.snakepipe.control;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
