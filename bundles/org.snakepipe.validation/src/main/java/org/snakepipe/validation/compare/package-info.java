// SPDX-License-Identifier: Apache-2.0
/** Compares environments: two with one another, all of one directory, and each with what contracts promise. */
@Export
@Version("1.0.0")
package org.snakepipe.validation.compare;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
