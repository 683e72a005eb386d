// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/** What is told of files that were written and put back. */
class EchoesTest {
    private static final FileContent OLD = Digests.content("old".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    @Test
    void aLateWordOfWhatWasBeforeDoesNotMakeTheMiddleCount() throws Exception {
        Path deploy = Files.createDirectories(directory.resolve("deploy"));
        Files.writeString(deploy.resolve("one.jar"), "old");
        Echoes echoes = new Echoes(new ConfigWriter(directory.resolve("config"), directory.resolve("over"), deploy));
        echoes.expect(Set.of(Disk.jarPath("one.jar")));
        ChangeSet before = set(Map.of("one.jar", OLD), Set.of());
        ChangeSet middle = set(Map.of(), Set.of("one.jar"));

        assertThat(echoes.without(List.of(before, middle))).containsExactly(before);

        Files.delete(deploy.resolve("one.jar"));
        assertThat(echoes.without(List.of(middle)))
                .as("it is gone now, and somebody meant it")
                .containsExactly(middle);
    }

    @Test
    void aLateWordOfWhatACommandTookAwayDoesNotBringItBack() {
        Echoes echoes = new Echoes(
                new ConfigWriter(directory.resolve("config"), directory.resolve("over"), directory.resolve("deploy")));
        ChangeSet before = set(Map.of("one.jar", OLD), Set.of());
        echoes.expect(Set.of(Disk.jarPath("one.jar")));

        assertThat(echoes.without(List.of(before))).isEmpty();
    }

    private static ChangeSet set(Map<String, FileContent> changed, Set<String> gone) {
        return new ChangeSet(ChangeSet.Root.DEPLOY, false, changed, gone, Map.of());
    }
}
