// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears that secrets may have other values now. A service; providers call all that there are. */
@ConsumerType
public interface SecretListener {
    /** The value of some secret may be another one. Returns at once; from any thread. */
    void secretsChanged();
}
