// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

/**
 * How much is measured.
 *
 * @param records that a source in memory gives in a run
 * @param rows    that are loaded into a database in a run
 * @param rounds  runs of each contestant that count, one after the other in turn, after one that does not
 * @param swaps   of a sink under load
 */
record Size(int records, int rows, int rounds, int swaps) {
    /** For figures: some minutes. */
    static final Size FULL = new Size(2_000_000, 200_000, 7, 200);

    /** To see that everything works: some seconds. */
    static final Size SHORT = new Size(20_000, 2_000, 1, 3);
}
