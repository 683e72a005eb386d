// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.service.condition.Condition;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.House;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** A component that does not come to an end on the thread that delivers configuration. */
@ExtendWith(BundleContextExtension.class)
class StuckTest {
    private static final String FILE = "base/snakepipe.itest.delicate~stuck.cfg";

    private BundleContext context;
    private Scene scene;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        scene = new Scene(bundle).booted();
        Delicate.RELEASE.set(new CountDownLatch(1));
    }

    @AfterEach
    void leave() {
        Delicate.RELEASE.get().countDown();
        scene.close();
    }

    @Test
    void isAFailureThatNamesTheThreadAndTheComponentAndIsToldToTheLauncher() throws Exception {
        scene.save(FILE, "mood = hanging\n");
        ReloadResult outcome = scene.outcome(ReloadResult.Status.FAILED, FILE);

        assertThat(outcome.problems()).extracting(Problem::code).contains("publish.stuck");
        assertThat(outcome.problems().toString())
                .contains("the thread 'CM Event Dispatcher' is held up by " + Delicate.class.getName() + ", at ");
        // Who listens hears of it at the same time as the launcher.
        Scene.await(
                "the condition",
                () -> context.getServiceReferences(
                                        Condition.class, "(" + Condition.CONDITION_ID + "=" + House.CONFIG_STUCK + ")")
                                .size()
                        == 1);

        // What hung comes to an end after all: the next change finds everything in order.
        Delicate.RELEASE.get().countDown();
        scene.save(FILE, "mood = fine\n");
        scene.outcome(ReloadResult.Status.APPLIED, FILE);
        scene.delete(FILE);
        scene.outcome(ReloadResult.Status.APPLIED, FILE);
    }
}
