// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.command.internal.socket.ControlSocket;
import org.snakepipe.command.internal.socket.SocketPath;
import org.snakepipe.control.House;
import org.snakepipe.verbs.Answer;
import org.snakepipe.verbs.Services;
import org.snakepipe.verbs.Verbs;

/** The local socket as long as the runtime runs. */
@Component(
        service = {},
        immediate = true)
public final class SocketComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SocketComponent.class);

    private final BundleContext context;
    private final Verbs verbs;
    private final ControlSocket socket;

    /**
     * Begins to listen.
     *
     * @param context   of this bundle
     * @param services  what verbs ask
     * @param processor makes the sessions of interactive shells
     * @throws IOException if the socket cannot be made
     */
    @Activate
    public SocketComponent(
            BundleContext context,
            @Reference(name = "services") Services services,
            @Reference(name = "processor") CommandProcessor processor)
            throws IOException {
        this.context = context;
        verbs = new Verbs(services);
        Path path = SocketPath.prepare(Path.of(services.property(House.DATA)));
        socket = new ControlSocket(path, this::run, new GogoShell(context, processor));
        LOG.info("Answering on {}", path);
    }

    private Answer run(String verb, List<String> arguments) throws InterruptedException {
        return verb.equals("stop") ? stop() : verbs.run(verb, arguments);
    }

    /** Answers first: the socket goes with the framework. */
    private Answer stop() {
        Thread thread = new Thread(this::stopFramework, "socket-stop");
        thread.setDaemon(true);
        thread.start();
        return new Answer(
                0,
                List.of("Stopping: what is on its way arrives first."),
                Map.of("pid", ProcessHandle.current().pid()));
    }

    private void stopFramework() {
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
        } catch (BundleException e) {
            LOG.error("The framework does not stop", e);
        }
    }

    /**
     * Stops listening.
     *
     * @throws IOException if the socket's file cannot be removed
     */
    @Deactivate
    public void close() throws IOException {
        socket.close();
    }
}
