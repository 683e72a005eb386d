// SPDX-License-Identifier: Apache-2.0
/** Says what is wrong in one or many environments: to people, to scripts, and to the systems that build and review. */
@Export
@Version("1.0.0")
package org.snakepipe.validation.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
