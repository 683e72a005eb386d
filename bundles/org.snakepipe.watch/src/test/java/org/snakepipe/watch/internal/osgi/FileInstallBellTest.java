// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileInstallBellTest {
    private final List<String> rung = new ArrayList<>();
    private final FileInstallBell bell = new FileInstallBell(
            Map.of(Path.of("/h/config"), () -> rung.add("config"), Path.of("/h/deploy"), () -> rung.add("deploy")),
            List.of(Path.of("/h/data/tmp")));

    @Test
    void claimsEverythingBelowItsDirectories() {
        assertThat(bell.canHandle(new File("/h/config/base/a.cfg"))).isTrue();
        assertThat(bell.canHandle(new File("/h/deploy/a.jar"))).isTrue();
        assertThat(bell.canHandle(new File("/h/data/tmp/a.jar"))).isTrue();
        assertThat(bell.canHandle(new File("/h/config/../other/a.cfg"))).isFalse();
        assertThat(bell.canHandle(new File("/h/configuration/a.cfg"))).isFalse();
    }

    @Test
    void eachCallbackRingsForItsRoot() {
        bell.install(new File("/h/config/a.cfg"));
        bell.update(new File("/h/deploy/a.jar"));
        bell.uninstall(new File("/h/config/a.cfg"));
        bell.install(new File("/h/data/tmp/a.jar"));

        assertThat(rung).containsExactly("config", "deploy", "config");
    }
}
