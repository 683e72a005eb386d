// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.condition.Condition;
import org.snakepipe.control.House;

/** The framework with the bundles of the features. One thread drives it; {@link #stop} may be called from any. */
final class Container {
    /** The framework reads the jar where it lies, and copies nothing. */
    private static final String REFERENCE = "reference:";

    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";

    private final Framework framework;
    private final BootCheck check = new BootCheck();
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();

    private Container(Framework framework) {
        this.framework = framework;
    }

    /**
     * Makes the framework and installs all bundles; none is started. They have to be there all at once: the first
     * configuration is checked against what the bundles of every level say about theirs.
     *
     * @throws StartException if a bundle is missing or is none
     */
    static Container create(Map<String, String> properties, Path bundles, List<FeatureBundle> features)
            throws StartException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        try {
            framework.init();
        } catch (BundleException e) {
            throw new StartException(ExitCode.FAILURE, "the framework does not start: " + BootCheck.reason(e));
        }
        Container container = new Container(framework);
        BundleContext context = framework.getBundleContext();
        context.addFrameworkListener(container.check);
        context.addBundleListener((SynchronousBundleListener) container::noticeStop);
        for (FeatureBundle feature : features) {
            container.install(bundles.resolve(feature.fileName()), feature);
        }
        // All at once: one by one they are looked at again and again. Who cannot be resolved says so when it is
        // started.
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        // What is dropped starts at once, whatever floor the last of ours is on.
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(StartLevel.FOUNDATION);
        return container;
    }

    private void install(Path jar, FeatureBundle feature) throws StartException {
        if (!Files.isRegularFile(jar)) {
            throw new StartException(ExitCode.FAILURE, feature.origin() + " lists " + jar + ", which is not there");
        }
        try {
            // A start waits for each file that the framework writes: the jars stay where they are, and a bundle has its
            // level from its beginning.
            framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(feature.startLevel());
            Bundle bundle = framework.getBundleContext().installBundle(REFERENCE + jar.toUri());
            check.add(bundle);
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        } catch (BundleException e) {
            throw new StartException(
                    ExitCode.FAILURE,
                    feature.origin() + ": " + feature.id() + " cannot be installed: " + BootCheck.reason(e));
        }
    }

    private void noticeStop(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            stopping.complete(null);
        }
    }

    /** Whether somebody has asked it to stop. */
    boolean isStopping() {
        return stopping.isDone();
    }

    /**
     * Starts the bundles up to a level, and waits until they have started. Returns at once when it is stopped meanwhile.
     *
     * @throws StartException if a bundle does not start, or not in time; the message names each and says why
     */
    void rise(int level, Duration limit) throws StartException, InterruptedException {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        if (isStopping()) {
            return;
        }
        try {
            framework.start();
        } catch (BundleException e) {
            throw new StartException(ExitCode.FAILURE, "the framework does not start: " + BootCheck.reason(e));
        } catch (IllegalStateException e) {
            if (isStopping()) {
                return;
            }
            throw e;
        }
        framework.adapt(FrameworkStartLevel.class).setStartLevel(level, event -> reached.complete(null));
        boolean inTime = await(reached, limit);
        if (!isStopping()) {
            check.requireStarted(level, inTime ? "" : " within " + limit.toSeconds() + " s");
        }
    }

    /**
     * Waits for a condition. Returns at once when it is stopped meanwhile.
     *
     * @param id {@code osgi.condition.id}
     * @return {@code false} if it did not come in time
     */
    boolean awaitCondition(String id, Duration limit) throws InterruptedException {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return false;
        }
        String filter = filter(id);
        CompletableFuture<Void> there = new CompletableFuture<>();
        ServiceListener listener = event -> there.complete(null);
        try {
            context.addServiceListener(listener, filter);
            if (context.getServiceReferences((String) null, filter) != null) {
                there.complete(null);
            }
            return await(there, limit);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("not an id of a condition: " + id, e);
        } finally {
            if (!isStopping()) {
                context.removeServiceListener(listener);
            }
        }
    }

    /**
     * Does something once when a condition comes.
     *
     * @param id     {@code osgi.condition.id}
     * @param action on the thread that registers it: returns at once
     */
    void whenCondition(String id, Runnable action) {
        CompletableFuture<Void> there = new CompletableFuture<>();
        there.thenRun(action);
        try {
            framework.getBundleContext().addServiceListener(event -> there.complete(null), filter(id));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("not an id of a condition: " + id, e);
        }
    }

    /** Registers a condition. */
    void say(String id) {
        BundleContext context = framework.getBundleContext();
        if (context != null) {
            context.registerService(
                    Condition.class, Condition.INSTANCE, new Hashtable<>(Map.of(Condition.CONDITION_ID, id)));
        }
    }

    private static String filter(String id) {
        return "(&(" + Constants.OBJECTCLASS + "=" + Condition.class.getName() + ")(" + Condition.CONDITION_ID + "="
                + id + "))";
    }

    /** Registers the service that ends a process which runs one pipeline once. */
    void offerExit(IntConsumer exit) {
        BundleContext context = framework.getBundleContext();
        if (context != null) {
            context.registerService(IntConsumer.class, exit, new Hashtable<>(Map.of(House.EXIT, "true")));
        }
    }

    /** The bundles up to a level that have components of which none offers a service; for messages. */
    List<String> silentBundles(int level) {
        List<String> silent = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean below = bundle.adapt(BundleStartLevel.class).getStartLevel() <= level;
            boolean components = bundle.getHeaders("").get("Service-Component") != null;
            if (below && components && bundle.getRegisteredServices() == null) {
                silent.add(bundle.getSymbolicName());
            }
        }
        return silent;
    }

    /**
     * EventAdmin tells of each bundle that stops, and logs warnings when its threads are ended in the middle of that: it is
     * stopped first, while nothing else happens.
     */
    private void stopTelling() {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return;
        }
        for (Bundle bundle : context.getBundles()) {
            if (EVENT_ADMIN.equals(bundle.getSymbolicName())) {
                stopQuietly(bundle);
            }
        }
    }

    private static void stopQuietly(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException | IllegalStateException e) {
            // Somebody stops everything already, and it with that.
            return;
        }
    }

    /** Asks it to stop, from the top level down; returns at once. */
    void stop() {
        try {
            stopTelling();
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException("the framework cannot be stopped", e);
        }
    }

    /**
     * Waits until it is asked to stop, however long that takes, and then until it has stopped.
     *
     * @param limit how long stopping may take
     * @return {@code false} if it took longer
     */
    boolean awaitStop(Duration limit) throws InterruptedException {
        try {
            stopping.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with an exception", e);
        }
        return framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    private boolean await(CompletableFuture<Void> event, Duration limit) throws InterruptedException {
        try {
            CompletableFuture.anyOf(event, stopping).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with an exception", e);
        }
    }
}
