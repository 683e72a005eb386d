// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

/** Names that the launcher and the rooms agree on. The properties are framework properties, read from a bundle context. */
public final class House {
    /** Absolute path of the installation: bundles, features, available plugins. Nothing is written there. */
    public static final String INSTALLATION = "snakepipe.installation";

    /** Absolute path of the directory people work in; unless said otherwise it holds the following three. */
    public static final String HOME = "snakepipe.home";

    /** Absolute path of the configuration directory, the one people edit. */
    public static final String CONFIG = "snakepipe.config";

    /** Absolute path of the directory that plugins are dropped into. */
    public static final String DEPLOY = "snakepipe.deploy";

    /** Absolute path of everything the runtime writes. */
    public static final String DATA = "snakepipe.data";

    /** Name of the environment. */
    public static final String ENVIRONMENT = "snakepipe.env";

    /** Version of the product. */
    public static final String VERSION = "snakepipe.version";

    /** {@code true} when a person watches standard output on a terminal. */
    public static final String TERMINAL = "snakepipe.terminal";

    /** {@code true} when a launcher tells, with {@link #BUNDLES_STARTED}, when everything has been started. */
    public static final String LAUNCHER = "snakepipe.launcher";

    /**
     * What the {@code osgi.condition.id} of the Condition is that says: the bundles the runtime begins with have been started.
     * Without a {@link #LAUNCHER}, an active framework says so.
     */
    public static final String BUNDLES_STARTED = "snakepipe.bundles.started";

    /** Name of the pipeline that this process runs once, to its end, and no other; without it, all run. */
    public static final String ONCE = "snakepipe.once";

    /**
     * Property, {@code true}, of the service {@link java.util.function.IntConsumer} that ends the process with an exit code. The
     * launcher registers it with {@link #ONCE}, when everything has started.
     */
    public static final String EXIT = "snakepipe.exit";

    /** What is done when somebody else writes a configuration: {@code revert}, the default, {@code report} or {@code adopt}. */
    public static final String DRIFT = "snakepipe.drift";

    /** What the {@code osgi.condition.id} of the Condition is that says: the first generation is published. */
    public static final String CONFIG_READY = "snakepipe.config.ready";

    /** The same of the Condition that says: what the first generation is for has come up, or is told why not. */
    public static final String CONFIG_SETTLED = "snakepipe.config.settled";

    /** The same of the Condition that says: configuration cannot be delivered any more, and only a restart helps. */
    public static final String CONFIG_STUCK = "snakepipe.config.stuck";

    /** How many milliseconds it may take until everybody has been told of a change, and 20 for each PID; 10000 by default. */
    public static final String BARRIER = "snakepipe.barrier.ms";

    /** How many milliseconds the bundles of a change may take together to start; 20000 by default. */
    public static final String START = "snakepipe.start.ms";

    /** Key that the rollout adds to each configuration of ours; equal fingerprints mean that nothing has to be reopened. */
    public static final String FINGERPRINT = "snakepipe.fingerprint";

    /** First part of the PIDs that belong to the product and its plugins. */
    public static final String PID_PREFIX = "snakepipe.";

    /** Location of an installed plugin bundle is this and the digest of its jar. */
    public static final String PLUGIN_LOCATION = "snakepipe:plugin/";

    private House() {}
}
