// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;

/** The programs themselves; those that not everybody has, where they are installed. */
@ExtendWith(BundleContextExtension.class)
class EditorsTest {
    private static final int MANY = 100;

    private Edits edits;

    static boolean hasVim() {
        return isThere("vim");
    }

    static boolean hasGit() {
        return isThere("git");
    }

    private static boolean isThere(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        edits = new Edits(bundle);
    }

    @AfterEach
    void leave() throws InterruptedException, IOException {
        edits.close();
    }

    private void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(edits.config().toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(words), said).isZero();
    }

    @EnabledIf("hasVim")
    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "auto"})
    void vim(String backupcopy) throws Exception {
        Path file = edits.applied("a", "fine");

        run(
                "vim",
                "-u",
                "NONE",
                "-es",
                "-c",
                "set backup writebackup backupcopy=" + backupcopy,
                "-c",
                "%s/fine/edited with vim/",
                "-c",
                "wq",
                file.toString());

        edits.isAppliedOnce("a", "edited with vim");
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "~"));
    }

    @Test
    void sed() throws Exception {
        Path file = edits.applied("a", "fine");

        run("sed", "-i", "s/fine/edited with sed/", file.toString());

        edits.isAppliedOnce("a", "edited with sed");
    }

    @Test
    void cpWithTheSameSizeAndTime() throws Exception {
        Path file = edits.applied("a", "fine");
        Path other = Files.writeString(edits.config().resolveSibling("other.cfg"), "mood = tidy\n");
        run("touch", "-r", file.toString(), other.toString());

        run("cp", "-p", other.toString(), file.toString());

        edits.isAppliedOnce("a", "tidy");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(Files.getLastModifiedTime(other));
        Files.delete(other);
    }

    @EnabledIf("hasGit")
    @Test
    void gitCheckout() throws Exception {
        List<String> git = List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org");
        run("git", "init", "-q", "-b", "main");
        try {
            commit(git, "first");
            edits.isAppliedOnce("99", "first");
            run("git", "checkout", "-q", "-b", "other");
            edits.begin();
            commit(git, "second");
            edits.isAppliedOnce("99", "second");

            edits.begin();
            run("git", "checkout", "-q", "main");

            edits.isAppliedOnce("99", "first");
            for (int file = 0; file < MANY; file++) {
                assertThat(edits.mood(Integer.toString(file))).isEqualTo("first");
            }
        } finally {
            Edits.delete(edits.config().resolve(".git"));
        }
    }

    private void commit(List<String> git, String mood) throws IOException, InterruptedException {
        for (int file = 0; file < MANY; file++) {
            edits.scene().save(Edits.path(Integer.toString(file)), "mood = " + mood + "\n");
        }
        for (List<String> words : List.of(List.of("add", "base", ":!*~last.cfg"), List.of("commit", "-qm", mood))) {
            List<String> all = new ArrayList<>(git);
            all.addAll(words);
            run(all.toArray(new String[0]));
        }
    }
}
