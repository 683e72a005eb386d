// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.util.Optional;

/**
 * Names a record of a quarantine: {@code 12.3}. Never given to another one.
 *
 * @param file  number of the file it is in
 * @param local its number in there, from 1
 */
record KeptId(long file, int local) {
    /** What somebody wrote. @return empty when it can be none */
    static Optional<KeptId> parse(String text) {
        int point = text.indexOf('.');
        try {
            return point < 0
                    ? Optional.empty()
                    : Optional.of(new KeptId(
                            Long.parseLong(text.substring(0, point)), Integer.parseInt(text.substring(point + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return file + "." + local;
    }
}
