// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootstrapPropertiesTest {
    @Test
    void isExactlyThisTable() {
        Directories directories = new Directories(
                Path.of("/opt/sp"),
                Path.of("/srv/h"),
                Path.of("/etc/c"),
                Path.of("/srv/h/deploy"),
                Path.of("/srv/h/data"));

        Map<String, String> table = BootstrapProperties.of(directories, "prod", "1.2.3", true, Optional.empty());

        assertThat(BootstrapProperties.of(directories, "prod", "1.2.3", true, Optional.of("demo")))
                .containsAllEntriesOf(table)
                .containsEntry("snakepipe.once", "demo");

        assertThat(table)
                .containsOnly(
                        entry("snakepipe.installation", "/opt/sp"),
                        entry("snakepipe.home", "/srv/h"),
                        entry("snakepipe.config", "/etc/c"),
                        entry("snakepipe.deploy", "/srv/h/deploy"),
                        entry("snakepipe.data", "/srv/h/data"),
                        entry("snakepipe.env", "prod"),
                        entry("snakepipe.version", "1.2.3"),
                        entry("snakepipe.terminal", "true"),
                        entry("snakepipe.launcher", "true"),
                        entry("org.osgi.framework.storage", "/srv/h/data/framework"),
                        entry("org.osgi.framework.storage.clean", "onFirstInit"),
                        entry("org.osgi.framework.startlevel.beginning", "1"),
                        entry("org.osgi.framework.bsnversion", "multiple"),
                        entry("felix.log.level", "0"),
                        entry("felix.cm.pm", "snakepipe"),
                        entry("org.apache.felix.eventadmin.IgnoreTopic", "org/osgi/framework/ServiceEvent."),
                        entry("ds.service.changecount.timeout", "50"),
                        entry("ds.lock.timeout.milliseconds", "500"),
                        entry("felix.fileinstall.dir", "/srv/h/data/idle"),
                        entry("felix.fileinstall.tmpdir", "/srv/h/data/fileinstall-tmp"),
                        entry("felix.fileinstall.poll", "3600000"),
                        entry("felix.fileinstall.noInitialDelay", "true"),
                        entry("felix.fileinstall.active.level", "2147483647"),
                        entry("felix.fileinstall.bundles.new.start", "false"),
                        entry("felix.fileinstall.enableConfigSave", "false"),
                        entry("gosh.args", "--nointeractive --noshutdown"),
                        entry("gosh.home", "/opt/sp"),
                        entry("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR"),
                        entry("org.ops4j.pax.logging.StaticLogbackFile", "/opt/sp/etc/logback.xml"));
    }
}
