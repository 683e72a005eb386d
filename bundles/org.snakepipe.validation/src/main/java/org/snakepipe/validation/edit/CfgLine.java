// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

/** A logical line with the place of each of its characters. */
record CfgLine(String joined, int[] places, int keyEnd, int valueStart, int valueEnd, int start, int end, int number) {
    /** Where a character stands. */
    int at(int index) {
        return places[index];
    }

    /** Where the text before a character ends. */
    int endAt(int index) {
        return index == 0 ? places[0] : places[index - 1] + 1;
    }

    String separator() {
        return joined.substring(keyEnd, valueStart);
    }

    /** With its escapes. */
    String value() {
        return joined.substring(valueStart, valueEnd);
    }
}
