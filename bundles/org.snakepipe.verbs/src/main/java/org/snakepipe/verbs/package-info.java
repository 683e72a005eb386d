// SPDX-License-Identifier: Apache-2.0
/** What the shell, the socket and the command line can ask or do, once. */
@Export
@Version("1.0.0")
package org.snakepipe.verbs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
