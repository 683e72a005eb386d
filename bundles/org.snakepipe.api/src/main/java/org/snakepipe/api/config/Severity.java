// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

/** How bad a {@link Problem} is. */
public enum Severity {
    /** The change cannot be applied. */
    ERROR,
    /** The change can be applied, but somebody should look. */
    WARNING
}
