// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.resolver.Resolver;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.Registration;
import org.snakepipe.control.RegistrationResult;
import org.snakepipe.plugins.internal.Discovery;
import org.snakepipe.plugins.internal.FoundJar;
import org.snakepipe.plugins.internal.Registrar;

/** Answers what is asked of plugins. What takes time is done on a thread of its own, one after the other. */
@Component
public final class PluginService implements PluginManager {
    private final PluginList list;
    private final Discovery discovery;
    private final PluginAnalyst analyst;
    private final Registrar registrar;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "snakepipe plugins");
        made.setDaemon(true);
        return made;
    });

    /** The registration before; one is analysed when it is known what came of that. */
    private CompletableFuture<?> before = CompletableFuture.completedFuture(null);

    /** Comes after this one: it needs other services of this room. */
    @Reference(name = "rollout", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile ConfigManager rollout;

    /**
     * For this runtime.
     *
     * @param store    what is known about jars
     * @param resolver of the framework
     */
    @Activate
    public PluginService(
            @Reference(name = "store") PluginStore store, @Reference(name = "resolver") Resolver resolver) {
        list = new PluginList(store, store.deploy());
        discovery = store.discovery();
        analyst = new PluginAnalyst(store, list, resolver);
        registrar = new Registrar(analyst::analyse, list::list);
    }

    /** Gives up what is under way. */
    @Deactivate
    public void close() {
        thread.shutdownNow();
    }

    @Override
    public List<PluginInfo> list() {
        return list.list();
    }

    @Override
    public List<String> why(String nameOrFile) {
        return list.why(nameOrFile);
    }

    @Override
    public CompletableFuture<List<PluginInfo>> discover(Collection<Path> directories) {
        List<Path> copy = List.copyOf(directories);
        return later(() -> discovery.discover(copy).stream().map(FoundJar::info).toList());
    }

    @Override
    public CompletableFuture<PluginAnalysis> analyse(Collection<Path> jars, Collection<Path> directories) {
        List<Path> files = List.copyOf(jars);
        List<Path> places = List.copyOf(directories);
        return later(() -> analyst.analyse(files, places, List.of()));
    }

    @Override
    public CompletableFuture<RegistrationResult> register(Registration registration) {
        return replace(List.of(), registration);
    }

    @Override
    public CompletableFuture<RegistrationResult> replace(Collection<String> files, Registration registration) {
        List<String> names = List.copyOf(files);
        return inTurn(() -> registrar.register(names, registration, rollout()));
    }

    @Override
    public CompletableFuture<RegistrationResult> unregister(Collection<String> files, ApplyOptions options) {
        return replace(files, Registration.of(List.of(), options));
    }

    /** Whoever gives up his own does not let the next one go ahead. */
    private synchronized <T> CompletableFuture<T> inTurn(Callable<CompletableFuture<T>> work) {
        CompletableFuture<T> mine = before.handle((done, failed) -> null)
                .thenCompose(ignored -> later(work))
                .thenCompose(Function.identity());
        before = mine;
        return mine.copy();
    }

    private ConfigManager rollout() {
        ConfigManager known = rollout;
        if (known == null) {
            throw new IllegalStateException("the rollout is not there at the moment; try again");
        }
        return known;
    }

    private <T> CompletableFuture<T> later(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }
}
