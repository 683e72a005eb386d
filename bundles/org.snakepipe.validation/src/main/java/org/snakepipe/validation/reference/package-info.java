// SPDX-License-Identifier: Apache-2.0
/** Says in words what may be configured: pages for people, made from the same Metatype that values are checked with. */
@Export
@Version("1.0.0")
package org.snakepipe.validation.reference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
