// SPDX-License-Identifier: Apache-2.0
/** Checks all configurations of one environment together: each for itself, what they say of one another, and what waits. */
@Export
@Version("1.0.0")
package org.snakepipe.validation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
