// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** What happens is told to whoever subscribes, and nobody waits for them. */
@ExtendWith(BundleContextExtension.class)
class EventsTest {
    private static final String FILE = "base/snakepipe.itest.delicate~event.cfg";

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private Scene scene;
    private ServiceRegistration<EventHandler> registration;

    @BeforeEach
    void subscribe(@InjectBundleContext BundleContext context) throws InterruptedException {
        scene = new Scene(context).booted();
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(
                EventConstants.EVENT_TOPIC,
                "org/snakepipe/rollout/*",
                EventConstants.EVENT_FILTER,
                "(cause=*delicate~event*)"));
        registration = context.registerService(EventHandler.class, this::handle, properties);
    }

    /** Takes its time for the first. */
    private void handle(Event event) {
        busy.countDown();
        try {
            ready.await();
            events.add(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void leave() throws InterruptedException {
        ready.countDown();
        registration.unregister();
        scene.delete(FILE);
        scene.outcome(ReloadResult.Status.APPLIED, FILE);
        scene.close();
    }

    @Test
    void eachPhaseAndOutcomeIsToldInOrderAndASlowHandlerDelaysNoChange() throws InterruptedException {
        scene.save(FILE, "mood = fine\ntoken = canary-one\n");
        scene.outcome(ReloadResult.Status.APPLIED, FILE);
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        scene.save(FILE, "mood = better\ntoken = canary-two\n");
        scene.outcome(ReloadResult.Status.APPLIED, FILE);
        scene.save(FILE, "mood = bad\n");
        ReloadResult bad = scene.outcome(ReloadResult.Status.ROLLED_BACK, FILE);
        assertThat(events).as("the handler is still busy with the first").isEmpty();

        ready.countDown();
        List<String> told = new ArrayList<>();
        Event last;
        do {
            last = events.poll(20, TimeUnit.SECONDS);
            assertThat(last).as("an event after %s", told).isNotNull();
            told.add(
                    last.getTopic().endsWith("/PHASE")
                            ? last.getProperty("phase").toString()
                            : last.getTopic().substring("org/snakepipe/rollout/".length()));
            for (String name : last.getPropertyNames()) {
                Object value = last.getProperty(name);
                assertThat(value instanceof String[] texts ? String.join("\n", texts) : value.toString())
                        .as(name)
                        .doesNotContain("canary");
            }
        } while (!last.getTopic().endsWith("/ROLLED_BACK"));

        assertThat(told).containsSubsequence("validate", "hold", "publish", "settle", "commit", "APPLIED", "APPLIED");
        assertThat(told).endsWith("roll back", "ROLLED_BACK");
        assertThat(last.getProperty("generation")).isEqualTo(bad.generation());
        assertThat((String[]) last.getProperty("problem.codes")).containsExactly("component.failed");
        assertThat((String[]) last.getProperty("files.held")).containsExactly(FILE);
    }
}
