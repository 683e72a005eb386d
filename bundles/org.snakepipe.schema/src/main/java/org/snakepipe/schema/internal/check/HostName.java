// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

/** Host names as in RFC 1123, and addresses. */
final class HostName {
    private static final int MOST = 253;
    private static final int MOST_LABEL = 63;

    private HostName() {}

    static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MOST) {
            return false;
        }
        if (text.indexOf(':') >= 0) {
            return isAddress6(text);
        }
        String[] labels = text.split("\\.", -1);
        for (String label : labels) {
            if (!isLabel(label)) {
                return false;
            }
        }
        // What ends in a number is an address, or nothing: no top level domain is a number.
        return !isNumber(labels[labels.length - 1]) || isAddress4(labels);
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= MOST_LABEL
                && !label.startsWith("-")
                && !label.endsWith("-")
                && label.chars().allMatch(c -> c == '-' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(HostName::isDigit);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAddress4(String... labels) {
        if (labels.length != 4) {
            return false;
        }
        for (String label : labels) {
            if (label.isEmpty() || label.length() > 3 || !isNumber(label) || Integer.parseInt(label) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Eight groups of up to four hexadecimal digits, of which {@code ::} leaves some out; no zone, and brackets belong to URIs. */
    private static boolean isAddress6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == 8;
        }
        String rest = text.substring(gap + 2);
        int before = groups(text.substring(0, gap));
        int after = groups(rest);
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /** How many groups there are; -1 when one of them is wrong. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int count = groups.length;
        for (int index = 0; index < groups.length; index++) {
            String group = groups[index];
            if (index == groups.length - 1 && group.indexOf('.') >= 0) {
                if (!isAddress4(group.split("\\.", -1))) {
                    return -1;
                }
                count++;
            } else if (group.isEmpty()
                    || group.length() > 4
                    || !group.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
                return -1;
            }
        }
        return count;
    }
}
