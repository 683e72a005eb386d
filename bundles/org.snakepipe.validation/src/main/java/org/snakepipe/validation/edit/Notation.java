// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

/** How scalars are written in a format. Without state. */
interface Notation {
    /** A key that is added. */
    String key(String key);

    /** A text that is added as a value. @param flow whether it stands in brackets */
    String value(String text, boolean flow);

    /** A text in place of a scalar, in its quotes when it has some. @param flow whether it stands in brackets */
    String like(Part old, String text, boolean flow);
}
