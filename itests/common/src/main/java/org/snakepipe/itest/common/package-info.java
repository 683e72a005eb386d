// SPDX-License-Identifier: Apache-2.0
/** The directories that a runtime under test watches, and what came of a change there. */
@Export
@Version("1.0.0")
package org.snakepipe.itest.common;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
