// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.command.internal.socket.ControlSocket;

/** An interactive session of Gogo for one client of the socket. */
final class GogoShell implements ControlSocket.Shell {
    private static final Logger LOG = LoggerFactory.getLogger(GogoShell.class);
    private static final Set<String> TERMS = Set.of(
            "xterm-256color",
            "xterm",
            "screen-256color",
            "screen",
            "tmux-256color",
            "dumb",
            "dumb-color",
            "linux",
            "vt100");
    private static final int PIPE = 8192;
    private static final String WELCOME =
            "Snake Pipe: 'snakepipe:help' lists what can be asked, Tab completes, Ctrl-D leaves.\r\n";

    private final BundleContext context;
    private final CommandProcessor processor;

    GogoShell(BundleContext context, CommandProcessor processor) {
        this.context = context;
        this.processor = processor;
    }

    @Override
    public void serve(Map<String, Object> request, InputStream in, OutputStream out) throws IOException {
        String asked = String.valueOf(request.get("term"));
        String term = TERMS.contains(asked) ? asked : "xterm-256color";
        PipedOutputStream keys = new PipedOutputStream();
        PipedInputStream typed = new PipedInputStream(keys, PIPE);
        ExternalTerminal terminal = new ExternalTerminal("snakepipe", term, typed, out, StandardCharsets.UTF_8);
        terminal.setSize(new Size(number(request, "columns", 80), number(request, "rows", 24)));
        Thread thread = new Thread(() -> pass(in, keys), "shell-keys");
        thread.setDaemon(true);
        thread.start();
        out.write(WELCOME.getBytes(StandardCharsets.UTF_8));
        try (terminal) {
            gosh(terminal, term);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            // Gogo declares every exception; whatever it is, it ends this session only.
            LOG.warn("A shell ended", e);
        }
    }

    private static int number(Map<String, Object> request, String key, int otherwise) {
        return request.get(key) instanceof Number number && number.intValue() > 0 ? number.intValue() : otherwise;
    }

    /** Called directly: as a command of the session it would wait for its own end. */
    private void gosh(Terminal terminal, String term) throws Exception {
        try (CommandSession session = processor.createSession(terminal.input(), terminal.output(), terminal.output())) {
            session.put(".terminal", terminal);
            session.put(".context", context);
            session.put("TERM", term);
            session.put("SCOPE", "snakepipe:config:pipeline:quarantine:plugin:*");
            session.put("prompt", "snakepipe> ");
            session.put("#COLUMNS", (Function) (inside, arguments) -> terminal.getWidth());
            session.put("#LINES", (Function) (inside, arguments) -> terminal.getHeight());
            Shell.Context house = new Shell.Context() {
                @Override
                public String getProperty(String name) {
                    return context.getProperty(name);
                }

                @Override
                public void exit() {
                    // Leaving the shell leaves the runtime alone.
                }
            };
            new Shell(house, processor).gosh(session, new String[] {"--login", "--nohistory", "--noshutdown"});
        }
    }

    /** Unpacks the frames of the client; see its other side. */
    private static void pass(InputStream in, OutputStream keys) {
        try (keys) {
            DataInputStream frames = new DataInputStream(in);
            int length = frames.readUnsignedShort();
            while (length > 0) {
                keys.write(frames.readNBytes(length));
                keys.flush();
                length = frames.readUnsignedShort();
            }
        } catch (IOException e) {
            LOG.debug("A shell's client left", e);
        }
    }
}
