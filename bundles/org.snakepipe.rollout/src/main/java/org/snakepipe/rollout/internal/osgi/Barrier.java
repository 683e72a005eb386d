// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.snakepipe.rollout.internal.PublishException;
import org.snakepipe.validation.ConfigValidator;

/**
 * A PID of our own that is written last. ConfigurationAdmin tells everybody on one thread and in order, and SCR works inside
 * that, so when we hear of the barrier everybody has been told, and has acted, on what was written before.
 */
final class Barrier implements ConfigurationListener {
    static final String PID = ConfigValidator.BARRIER;

    private static final String DISPATCHER = "CM Event Dispatcher";
    private static final int FRAMES = 12;
    private static final List<String> PLATFORM = List.of("java.", "jdk.", "sun.", "org.osgi.", "org.apache.felix.");

    private long sent;
    private long seen;

    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        if (PID.equals(event.getPid())) {
            seen++;
            notifyAll();
        }
    }

    /** Writes it; inside the Coordination of what it is the barrier for. */
    synchronized void ring(ConfigurationAdmin admin) throws IOException {
        sent++;
        Dictionary<String, Object> values = new Hashtable<>(Map.of("n", sent));
        admin.getConfiguration(PID, "?").update(values);
    }

    synchronized void await(long millis) throws PublishException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (seen < sent) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw PublishException.stuck("configuration is not delivered within " + millis + " ms: the thread '"
                        + DISPATCHER + "' " + whatHolds());
            }
            wait(left);
        }
    }

    private static String whatHolds() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith(DISPATCHER))
                .map(entry -> "is held up by " + culprit(entry.getValue()) + ", at "
                        + Arrays.stream(entry.getValue())
                                .limit(FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < "))
                        + "; stop what hangs there, or restart")
                .findFirst()
                .orElse("has ended, as it does when something that it calls leaves its interrupt flag set, or with"
                        + " ConfigurationAdmin; restart");
    }

    /** The first class that is not of the platform: the component, or who listens, that does not come to an end. */
    private static String culprit(StackTraceElement[] frames) {
        return Arrays.stream(frames)
                .map(StackTraceElement::getClassName)
                .filter(name -> PLATFORM.stream().noneMatch(name::startsWith))
                .findFirst()
                .orElse("the platform itself");
    }
}
