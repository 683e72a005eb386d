// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.House;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** The log that the distribution has is configured like all else: within the change, and back with it. */
@ExtendWith(BundleContextExtension.class)
class LoggingTest {
    private static final String FILE = "base/snakepipe.logging.cfg";
    private static final Logger LOG = LoggerFactory.getLogger("org.example.talkative");

    private Scene scene;
    private Path log;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext context) throws InterruptedException {
        scene = new Scene(context).booted();
        log = scene.directory(House.DATA).resolve("log/snakepipe.log");
    }

    @AfterEach
    void leave() throws InterruptedException {
        scene.delete(FILE);
        scene.outcome(ReloadResult.Status.APPLIED, FILE);
        assertThat(LOG.isDebugEnabled()).as("as the installation says").isFalse();
        assertThat(LOG.isInfoEnabled()).isTrue();
        scene.close();
    }

    @Test
    void levelsAndPatternAreInForceWhenTheChangeIs() throws InterruptedException, IOException {
        scene.save(FILE, "level = WARN\nloggers = org.example=DEBUG\npattern = <<%level %logger{0}>> %msg%n\n");
        scene.outcome(ReloadResult.Status.APPLIED, FILE);

        assertThat(LOG.isDebugEnabled()).isTrue();
        assertThat(LOG.isTraceEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("org.elsewhere").isInfoEnabled()).isFalse();
        LOG.debug("heard");
        assertThat(log).content().contains("<<DEBUG talkative>> heard");
    }

    @Test
    void whatItDoesNotUnderstandIsRefusedAndTheLogIsAsBefore() throws InterruptedException, IOException {
        scene.save(FILE, "level = ERROR\n");
        scene.outcome(ReloadResult.Status.APPLIED, FILE);

        scene.save(FILE, "level = LOUD\n");
        assertThat(scene.outcome(ReloadResult.Status.REJECTED, FILE).problems().toString())
                .contains("LOUD");
        scene.save(FILE, "level = DEBUG\npattern = %messag%n\n");
        assertThat(scene.outcome(ReloadResult.Status.REJECTED, FILE).problems().toString())
                .contains("%messag");
        scene.save(FILE, "level = DEBUG\npattern = %d{yyyy-bbb} %msg%n\n");
        ReloadResult back = scene.outcome(ReloadResult.Status.ROLLED_BACK, FILE);

        assertThat(back.problems().toString()).contains("pattern has the date {yyyy-bbb}, which cannot be written");
        assertThat(LOG.isErrorEnabled()).isTrue();
        assertThat(LOG.isWarnEnabled()).isFalse();
    }

    @Test
    void goesBackWithTheChangeThatItIsPartOf() throws InterruptedException {
        scene.save(FILE, "level = WARN\n");
        scene.outcome(ReloadResult.Status.APPLIED, FILE);

        scene.save("base/snakepipe.itest.delicate~loud.cfg", "mood = bad\n");
        scene.save(FILE, "level = DEBUG\n");
        scene.outcome(ReloadResult.Status.ROLLED_BACK, FILE);

        assertThat(LOG.isDebugEnabled()).isFalse();
        assertThat(LOG.isInfoEnabled()).isFalse();
        assertThat(LOG.isWarnEnabled()).isTrue();
        scene.delete("base/snakepipe.itest.delicate~loud.cfg");
    }
}
