// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each line of the table is a decision: it cannot be changed by accident. */
class BootstrapPropertiesTest {
    @Test
    void theTable() {
        Options options = new Options(List.of("run"), Path.of("/h"), Path.of("/c"), "prod");

        Map<String, String> table = BootstrapProperties.of(options, Path.of("/i"), "1.2.3", true);

        assertThat(table)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("snakepipe.installation", "/i"),
                        Map.entry("snakepipe.home", "/h"),
                        Map.entry("snakepipe.config", "/c"),
                        Map.entry("snakepipe.deploy", "/h/deploy"),
                        Map.entry("snakepipe.data", "/h/data"),
                        Map.entry("snakepipe.env", "prod"),
                        Map.entry("snakepipe.version", "1.2.3"),
                        Map.entry("snakepipe.terminal", "true"),
                        Map.entry("snakepipe.startlevel", "5"),
                        Map.entry("org.osgi.framework.startlevel.beginning", "2"),
                        Map.entry("org.osgi.framework.storage", "/h/data/framework"),
                        Map.entry("org.osgi.framework.storage.clean", "onFirstInit"),
                        Map.entry("org.osgi.framework.bsnversion", "multiple"),
                        Map.entry("felix.cm.pm", "memory"),
                        Map.entry("felix.shutdown.hook", "false"),
                        Map.entry("ds.lock.timeout.milliseconds", "500"),
                        Map.entry("ds.service.changecount.timeout", "50"),
                        Map.entry("ds.loglevel", "warn"),
                        Map.entry("felix.fileinstall.dir", "/h/data/idle"),
                        Map.entry("felix.fileinstall.noInitialDelay", "true"),
                        Map.entry("felix.fileinstall.poll", "3600000"),
                        Map.entry("felix.fileinstall.active.level", "2147483647"),
                        Map.entry("felix.fileinstall.enableConfigSave", "false"),
                        Map.entry("gosh.args", "--nointeractive --noshutdown --nohistory"),
                        Map.entry("gosh.home", "/i"),
                        Map.entry("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN"),
                        Map.entry("org.ops4j.pax.logging.StaticLogbackFile", "/i/etc/logback.xml")));
    }
}
