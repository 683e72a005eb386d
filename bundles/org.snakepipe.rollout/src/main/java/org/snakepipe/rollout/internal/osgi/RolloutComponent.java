// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;
import org.osgi.service.coordinator.Coordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.ChangeListener;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Participant;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.SecretListener;
import org.snakepipe.control.SecretProvider;
import org.snakepipe.control.Secrets;
import org.snakepipe.control.WatchSource;
import org.snakepipe.rollout.internal.DriftPolicy;
import org.snakepipe.rollout.internal.Listeners;
import org.snakepipe.rollout.internal.PublishException;
import org.snakepipe.rollout.internal.RankedProviders;
import org.snakepipe.rollout.internal.RolloutFactory;
import org.snakepipe.rollout.internal.RolloutLoop;
import org.snakepipe.rollout.internal.RolloutService;
import org.snakepipe.rollout.internal.SecretWords;
import org.snakepipe.schema.SchemaSource;

/** Wires the rollout to the services it moves. Activation starts a thread, and that does the work. */
@Component(
        immediate = true,
        service = {})
public final class RolloutComponent {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutComponent.class);

    private final RankedProviders providers = new RankedProviders();
    private final RolloutService service;
    private final RolloutLoop loop;
    private final BundlesStarted started;
    private final OfferedServices offered;
    private final List<ServiceRegistration<?>> registrations;

    @Reference(name = "listener", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<ReloadListener> listeners;

    @Reference(name = "watch", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile WatchSource watch;

    @Reference(name = "recorder", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Recorder> recorders;

    /**
     * Makes everything and starts the thread.
     *
     * @param context     of this bundle
     * @param admin       where configurations are written
     * @param coordinator for writing several in one go
     * @param components  what came of them
     * @param installer   the arm that moves bundles
     * @param schemas     what the plugins know
     */
    @Activate
    public RolloutComponent(
            BundleContext context,
            @Reference(name = "admin") ConfigurationAdmin admin,
            @Reference(name = "coordinator") Coordinator coordinator,
            @Reference(name = "components") ServiceComponentRuntime components,
            @Reference(name = "installer") Installer installer,
            @Reference(name = "schemas") SchemaSource schemas) {
        Barrier barrier = new Barrier();
        DriftBell bell = new DriftBell();
        started = BundlesStarted.in(context);
        offered = OfferedServices.in(context);
        SecretWords secrets = new SecretWords(providers::all, System.getenv());
        service = new RolloutFactory(
                        new AdminPublisher(
                                admin,
                                coordinator,
                                new ComponentLook(components),
                                offered,
                                barrier,
                                bell,
                                millis(context, House.BARRIER, "10000")),
                        installer,
                        schemas,
                        secrets,
                        this::recorders,
                        new ContextServices(context))
                .watchedBy(this::wrote)
                .startingWithin(Duration.ofMillis(millis(context, House.START, "20000")))
                .service(
                        new RolloutFactory.House(
                                property(context, House.ENVIRONMENT, "dev"),
                                Path.of(property(context, House.DATA, "data")),
                                Path.of(property(context, House.CONFIG, "config")),
                                Path.of(property(context, House.DEPLOY, "deploy")),
                                property(context, House.VERSION, "unknown"),
                                System.getenv(),
                                Clock.systemUTC(),
                                DriftPolicy.of(property(context, House.DRIFT, "revert"))),
                        new RolloutFactory.Signals(
                                new Listeners(this::listeners).beside(outcome -> told(context, outcome)),
                                () -> register(context, House.CONFIG_READY),
                                () -> register(context, House.CONFIG_SETTLED),
                                started.latch()));
        loop = service.loop();
        bell.ring(loop::drifted);
        registrations = List.of(
                context.registerService(ConfigurationListener.class, barrier, null),
                context.registerService(ConfigurationListener.class, bell, null),
                context.registerService(ConfigManager.class, service, null),
                context.registerService(ChangeListener.class, loop, null),
                context.registerService(SecretListener.class, loop, null),
                context.registerService(Secrets.class, secrets, null));
        loop.start();
    }

    private void wrote(ChangeSet.Root root, Map<String, String> written) {
        WatchSource present = watch;
        if (present != null) {
            present.wrote(root, written);
        }
    }

    private List<Recorder> recorders() {
        List<Recorder> present = recorders;
        return present == null ? List.of() : List.copyOf(present);
    }

    private List<ReloadListener> listeners() {
        List<ReloadListener> present = listeners;
        return present == null ? List.of() : present;
    }

    /** Nothing can be delivered any more: whoever supervises the process may want to start it anew. */
    private static void told(BundleContext context, ReloadResult outcome) {
        if (PublishException.isStuck(outcome)) {
            LOG.error("Configuration cannot be delivered any more; what runs goes on, and a restart is needed");
            register(context, House.CONFIG_STUCK);
        }
    }

    private static long millis(BundleContext context, String name, String otherwise) {
        return Long.parseLong(property(context, name, otherwise));
    }

    private static String property(BundleContext context, String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null ? otherwise : value;
    }

    /** In the system bundle's name, so that it never goes away: what is configured stays so while this bundle restarts. */
    private static void register(BundleContext context, String condition) {
        BundleContext system =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        if (!isRegistered(system, condition)) {
            system.registerService(
                    Condition.class, Condition.INSTANCE, new Hashtable<>(Map.of(Condition.CONDITION_ID, condition)));
        }
    }

    /** By us, or by one before us in this process. */
    private static boolean isRegistered(BundleContext system, String condition) {
        try {
            String filter = "(" + Condition.CONDITION_ID + "=" + condition + ")";
            return !system.getServiceReferences(Condition.class, filter).isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(condition, e);
        }
    }

    /**
     * Somebody takes part.
     *
     * @param participant who
     */
    @Reference(
            name = "participant",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "left")
    void arrived(Participant participant) {
        loop.arrived(participant);
    }

    void left(Participant participant) {
        loop.left(participant);
    }

    /**
     * Somebody knows secrets: what lacked them may come up.
     *
     * @param provider   who
     * @param properties of the service
     */
    @Reference(
            name = "provider",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "withdrawn")
    void provided(SecretProvider provider, Map<String, Object> properties) {
        providers.add(provider, properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0);
        loop.changed();
    }

    void withdrawn(SecretProvider provider) {
        providers.remove(provider);
        loop.changed();
    }

    /** Ends the thread; what is published stays. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        started.close();
        service.close();
        offered.close();
    }
}
