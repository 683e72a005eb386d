// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    Path home;

    @Test
    void theSecondOneIsToldWhoHasTheHome() throws Exception {
        Path data = home.resolve("data");
        try (HomeLock first = HomeLock.take(home, data)) {
            assertThatThrownBy(() -> HomeLock.take(home, data))
                    .isInstanceOf(HomeLock.HeldException.class)
                    .hasMessageContaining("already runs in " + home + " (process "
                            + ProcessHandle.current().pid() + ")");
        }
        HomeLock.take(home, data).close();
    }

    @Test
    void theDataDirectoryIsForTheOwnerAlone() throws Exception {
        HomeLock.take(home, home.resolve("data")).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("data"))))
                .isEqualTo("rwx------");
    }
}
