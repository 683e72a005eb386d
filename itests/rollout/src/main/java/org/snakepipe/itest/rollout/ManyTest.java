// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ReloadResult;

/** A hundred configurations change together, and one of them does not come up. */
@ExtendWith(BundleContextExtension.class)
class ManyTest {
    private static final int MANY = 100;
    private static final int ROUNDS = Integer.getInteger("snakepipe.rounds", 3);

    private Edits edits;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        edits = new Edits(bundle);
    }

    @AfterEach
    void leave() throws InterruptedException, IOException {
        edits.close();
    }

    private static Map<String, Optional<String>> moods(String mood, String last) {
        Map<String, Optional<String>> changes = new TreeMap<>();
        for (int i = 1; i <= MANY; i++) {
            changes.put(Edits.path("m" + i), Optional.of("mood = " + (i == MANY ? last : mood) + "\n"));
        }
        return changes;
    }

    /** Prints how long going back takes once the failure is known; that is a figure for an idle machine. */
    @Test
    void allOfThemGoBack() throws Exception {
        ConfigManager manager = edits.scene().service(ConfigManager.class);
        ReloadResult first =
                manager.apply(moods("fine", "fine"), ApplyOptions.by("test")).get();
        assertThat(first.status()).as("%s", first).isEqualTo(ReloadResult.Status.APPLIED);
        List<Long> millis = new java.util.ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ReloadResult back = manager.apply(moods("other " + round, "bad"), ApplyOptions.by("test"))
                    .get();
            assertThat(back.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            for (int i = 1; i <= MANY; i++) {
                assertThat(edits.mood("m" + i)).as("m%d after %s", i, back).isEqualTo("fine");
            }
            millis.add(back.phases().get("roll back").toMillis());
        }
        System.out.println("going back of " + MANY + " configurations took, ms: " + millis);
    }
}
