// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.ast.internal;

/** The document is not what it should be; the message says where. */
final class DocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    DocumentException(String message) {
        super(message);
    }
}
