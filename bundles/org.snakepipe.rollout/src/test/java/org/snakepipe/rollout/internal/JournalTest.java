// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.FileContent;

class JournalTest {
    private static final String CFG = "base/a.cfg";
    private static final String JAR = Disk.jarPath("x.jar");
    private static final String JAR_TEXT = "a jar of some megabytes";

    @TempDir
    private Path data;

    private Predicate<Path> full = path -> false;
    private final Damage damage = new Damage();
    private final Storage storage = new Storage() {
        @Override
        void write(Path file, byte[] bytes) throws IOException {
            if (full.test(file)) {
                throw new IOException("No space left on device");
            }
            super.write(file, bytes);
        }
    };

    private Journal journal() {
        return new Journal(storage, data, "dev", "/config", Clock.systemUTC(), damage);
    }

    private static FileContent content(String text) {
        return Digests.content(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Journal.Intent replacing(String jar) {
        return new Journal.Intent(
                3,
                7,
                "ann",
                "change",
                List.of(),
                Map.of(CFG, Optional.of(content("size = 1")), JAR, Optional.of(content(jar))),
                Map.of(CFG, Digests.of("size = 2"), JAR, Digests.of("the new jar")));
    }

    private Path beside() {
        return data.resolve("journal/dev.before");
    }

    @Test
    void whatAJarWasLiesBesideUntilItEnds() throws IOException {
        Journal journal = journal();
        journal.intend(replacing(JAR_TEXT));

        assertThat(data.resolve("journal/dev.json"))
                .content()
                .doesNotContain(Base64.getEncoder().encodeToString(JAR_TEXT.getBytes(StandardCharsets.UTF_8)));
        assertThat(beside().resolve(Digests.of(JAR_TEXT))).hasContent(JAR_TEXT);
        Journal.Intent left = journal().interrupted().orElseThrow();
        assertThat(left.writes()).isEqualTo(replacing(JAR_TEXT).writes());
        assertThat(left.writes().get(JAR).orElseThrow().bytes()).asString().isEqualTo(JAR_TEXT);
        assertThat(left.written()).isEqualTo(replacing(JAR_TEXT).written());

        journal.ended(left, "applied");
        assertThat(journal().interrupted()).isEmpty();
        assertThat(beside()).isEmptyDirectory();
    }

    @Test
    void theNextChangeKeepsItsOwnCopiesOnly() throws IOException {
        Journal journal = journal();
        journal.intend(replacing(JAR_TEXT));
        Files.writeString(beside().resolve(".half.new"), "left by a process that was killed");

        journal.intend(replacing("another jar"));

        assertThat(beside()).isDirectoryContaining("glob:**/" + Digests.of("another jar"));
        try (Stream<Path> files = Files.list(beside())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatCannotBeWrittenDownLeavesTheJournalAsItWas() throws IOException {
        Journal journal = journal();
        journal.intend(replacing(JAR_TEXT));
        for (String where : List.of("dev.before", "dev.json")) {
            full = path -> path.toString().contains(where);

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> journal.intend(replacing("another jar")));

            assertThat(journal().interrupted().orElseThrow().writes())
                    .as("no room for %s", where)
                    .isEqualTo(replacing(JAR_TEXT).writes());
        }
    }

    @Test
    void aCopyThatIsDamagedIsNotPutBack() throws IOException {
        journal().intend(replacing(JAR_TEXT));
        Files.writeString(beside().resolve(Digests.of(JAR_TEXT)), "a jar of");

        assertThat(journal().interrupted()).isEmpty();
        assertThat(damage.problems())
                .singleElement()
                .asString()
                .contains("dev.json cannot be read", "rollback N --write");
    }

    @Test
    void readsWhatAnEarlierProductHasWritten() throws IOException {
        Path file = data.resolve("journal/dev.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"state\":\"intended\",\"config\":\"/config\",\"generation\":7,\"writes\":{\"" + JAR
                        + "\":{\"before\":\""
                        + Base64.getEncoder().encodeToString(JAR_TEXT.getBytes(StandardCharsets.UTF_8))
                        + "\",\"written\":\"x\"}}}");

        assertThat(journal().interrupted().orElseThrow().writes())
                .isEqualTo(Map.of(JAR, Optional.of(content(JAR_TEXT))));
    }
}
