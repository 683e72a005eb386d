// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

/** The floors of the house. A bundle starts after all of the floors below; see the feature files for who lives where. */
final class StartLevel {
    /** Log, ConfigurationAdmin, components, libraries. */
    static final int FOUNDATION = 1;

    /** Whoever turns files into configuration. */
    static final int CONFIGURATION = 2;

    /** The engine and the plugins of pipelines: what the first configuration is for. They wait for it, their level does not. */
    static final int PIPELINES = 3;

    /** The top. */
    static final int TOP = 5;

    private StartLevel() {}
}
