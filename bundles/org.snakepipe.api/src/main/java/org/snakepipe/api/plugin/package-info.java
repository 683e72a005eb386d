/** What makes a bundle a plugin of Snake Pipe. */
@Export
@Version(Plugin.API_VERSION)
@Capability(namespace = Plugin.API, name = "plugin", version = Plugin.API_VERSION)
package org.snakepipe.api.plugin;

import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
