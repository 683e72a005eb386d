// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import java.util.regex.Pattern;

/** Addresses of databases, and what drivers say of them, as everybody may read them: without passwords. */
final class Shown {
    private static final String MASK = "<set>";
    private static final int FEWEST = 4;

    /** A parameter whose name speaks of a secret, as each driver has its own. */
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)\\b([a-z_.-]*(?:password|passwd|pwd|secret|token|api[-_]?key)\\s*=\\s*)[^&;,)\\s]+");

    private static final Pattern USER_INFO = Pattern.compile("(//[^/\\s:@]*:)[^/\\s]*@");

    /** {@code jdbc:oracle:thin:scott/tiger@host}. */
    private static final Pattern ORACLE = Pattern.compile("(?i)(jdbc:oracle:[a-z0-9]+:[^/\\s@]+/)[^\\s@]+@");

    private Shown() {}

    /** Which database it is: without parameters, as these are long, and any may be a secret. */
    static String url(String url) {
        return text(url.replaceAll("[?;].*", ""));
    }

    /** What somebody says, who may have put the whole URL into it. */
    static String text(String said) {
        if (said == null) {
            return "no reason is given";
        }
        String shown = PARAMETER.matcher(said).replaceAll("$1" + MASK);
        shown = USER_INFO.matcher(shown).replaceAll("$1" + MASK + "@");
        return ORACLE.matcher(shown).replaceAll("$1" + MASK + "@");
    }

    /** The same, and the password of the datasource wherever it stands. One of few letters is part of words, and would show. */
    static String text(String said, String password) {
        String shown = text(said);
        return password.length() < FEWEST ? shown : shown.replace(password, MASK);
    }
}
