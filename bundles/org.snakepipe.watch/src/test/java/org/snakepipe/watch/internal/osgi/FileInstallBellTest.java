// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileInstallBellTest {
    private final List<String> rung = new ArrayList<>();
    private final FileInstallBell bell = new FileInstallBell(List.of(Path.of("/h/data/tmp")));

    @BeforeEach
    void claim() {
        bell.claim(Path.of("/h/config"), () -> rung.add("config"));
        bell.claim(Path.of("/h/deploy"), () -> rung.add("deploy"));
    }

    /** FileInstall may still have callbacks of the directory that a link led to before. */
    @Test
    void whatWasClaimedBeforeALinkWasSwitchedStaysClaimed() {
        bell.claim(Path.of("/h/rel/2"), () -> rung.add("two"));

        assertThat(bell.canHandle(new File("/h/config/a.cfg"))).isTrue();
        assertThat(bell.canHandle(new File("/h/rel/2/a.cfg"))).isTrue();
    }

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
