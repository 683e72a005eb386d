// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Something that is active at once and does not come up with some values that its schema allows. */
@Component(
        service = Delicate.class,
        immediate = true,
        configurationPid = Delicate.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Delicate.Config.class, factory = true)
public final class Delicate {
    static final String PID = "snakepipe.itest.delicate";

    /** What one that hangs waits for. */
    static final AtomicReference<CountDownLatch> RELEASE = new AtomicReference<>(new CountDownLatch(1));

    /** Is told the mood of each one that is made, on the thread that makes it. */
    static final AtomicReference<Consumer<String>> MADE = new AtomicReference<>(mood -> {});

    @ObjectClassDefinition(name = "Delicate")
    @interface Config {
        String mood();

        @AttributeDefinition(type = AttributeType.PASSWORD, required = false)
        String token() default "";
    }

    private final String mood;

    /**
     * Comes up, or not.
     *
     * @param config the values
     */
    @Activate
    public Delicate(Config config) {
        MADE.get().accept(config.mood());
        if (config.mood().equals("hanging")) {
            hang();
        }
        if (config.mood().equals("bad")) {
            throw new IllegalStateException("in no mood to start");
        }
        mood = config.mood();
    }

    /** Whatever thread it is on: nothing but the end of the patience of the test ends it. */
    private static void hang() {
        try {
            RELEASE.get().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String mood() {
        return mood;
    }
}
