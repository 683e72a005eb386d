// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.Objects;

/**
 * One file as it was when it had settled. Immutable.
 *
 * @param bytes  its content; not copied, nobody changes it
 * @param digest SHA-256 of the content, 64 hexadecimal digits in lower case
 */
public record FileContent(byte[] bytes, String digest) {
    /** Checks that nothing is {@code null}. */
    public FileContent {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(digest, "digest");
    }

    /** Two contents are equal when their digests are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent content && content.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return bytes.length + " bytes, " + digest;
    }
}
