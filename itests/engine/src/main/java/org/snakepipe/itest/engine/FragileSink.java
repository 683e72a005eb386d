// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;

/** A plugin with mistakes: its constructor throws, hangs, leaves the interrupt flag set, or is well, as it is told. */
@Component(service = Sink.class, configurationPid = FragileSink.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FragileSink.Config.class, factory = true)
public final class FragileSink implements Sink {
    static final String PID = "snakepipe.sink.fragile";

    /** What one waits for that cannot be interrupted. */
    static final AtomicReference<CountDownLatch> RELEASE = new AtomicReference<>(new CountDownLatch(1));

    @ObjectClassDefinition(name = "Fragile")
    @interface Config {
        String mood();
    }

    /**
     * Throws, hangs, or is well.
     *
     * @param config says which
     * @throws InterruptedException when whoever waits for it has given up
     */
    @Activate
    public FragileSink(Config config) throws InterruptedException {
        switch (config.mood()) {
            case "throws" -> throw new IllegalArgumentException("mood = throws cannot be had");
            case "interrupts" -> Thread.currentThread().interrupt();
            case "hangs" -> new CountDownLatch(1).await();
            case "hangs deaf" -> hangDeaf();
            default -> {
                return;
            }
        }
    }

    private static void hangDeaf() {
        CountDownLatch release = RELEASE.get();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    @Override
    public SinkWriter open(OpenContext context) {
        return new SinkWriter() {
            @Override
            public void write(List<Record> batch) {
                // What arrives is not looked at.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
