// SPDX-License-Identifier: Apache-2.0
/** Writes configuration files: mends what is there in place, and begins what is not there yet. */
@Export
@Version("1.0.0")
package org.snakepipe.validation.edit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
