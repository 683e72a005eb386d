// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    private Path home;

    private Directories directories;

    @BeforeEach
    void makeData() throws Exception {
        Files.createDirectories(home.resolve("config"));
        directories = DirectoriesTest.in(home);
        directories.prepare();
    }

    @Test
    void saysWhoHasIt() throws Exception {
        String owner = "pid " + ProcessHandle.current().pid() + ", home " + home;
        HomeLock lock = HomeLock.acquire(directories);

        assertThat(home.resolve("data/lock")).hasContent(owner);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> HomeLock.acquire(directories))
                .withMessage("already running: " + owner + "; stop it with 'snakepipe stop', or use another --home")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING));

        lock.close();
    }

    @Test
    void canBeTakenAgainWhenGivenBack() throws Exception {
        HomeLock.acquire(directories).close();

        HomeLock.acquire(directories).close();
    }

    @Test
    void takesOverTheFileOfAProcessThatIsGone() throws Exception {
        Files.writeString(home.resolve("data/lock"), "pid 1, home /a/home/with/a/longer/name/than/any/other/here");

        HomeLock lock = HomeLock.acquire(directories);

        assertThat(home.resolve("data/lock"))
                .hasContent("pid " + ProcessHandle.current().pid() + ", home " + home);
        lock.close();
    }

    @Test
    void saysWhatCannotBeWrittenAndHowToMendIt() throws Exception {
        Files.createDirectories(home.resolve("data/lock"));

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> HomeLock.acquire(directories))
                .withMessage(
                        home.resolve("data/lock") + " cannot be written (Is a directory). Everything that the runtime"
                                + " writes is in " + home.resolve("data") + ": let user "
                                + System.getProperty("user.name") + " write there, or use another --home")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE));
    }

    @Test
    void namesTheFileWhileTheOwnerHasNotWrittenItsName() throws Exception {
        HomeLock lock = HomeLock.acquire(directories);
        Files.writeString(home.resolve("data/lock"), "");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> HomeLock.acquire(directories))
                .withMessageStartingWith(
                        "already running: a process that is just starting, " + home.resolve("data/lock"));

        lock.close();
    }
}
