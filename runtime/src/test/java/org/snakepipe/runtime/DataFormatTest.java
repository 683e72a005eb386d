// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFormatTest {
    @TempDir
    private Path data;

    private final DataFormat third = new DataFormat(
            3,
            List.of(
                    path -> Files.writeString(path.resolve("steps"), "2"),
                    path -> Files.writeString(path.resolve("steps"), Files.readString(path.resolve("steps")) + "3")));

    @Test
    void marksAnEmptyDirectory() throws Exception {
        Files.writeString(data.resolve("lock"), "pid 1");

        third.check(data);

        assertThat(data.resolve("format.version")).hasContent("3");
        assertThat(data.resolve("steps")).doesNotExist();
    }

    @Test
    void migratesStepByStepAndKeepsACopy() throws Exception {
        Files.createDirectories(data.resolve("held"));
        Files.writeString(data.resolve("held/dev.json"), "{}");
        Files.createDirectories(data.resolve("log"));
        Files.writeString(data.resolve("log/x.log"), "x");
        Files.writeString(data.resolve("format.version"), "1\n");

        third.check(data);

        assertThat(data.resolve("steps")).hasContent("23");
        assertThat(data.resolve("format.version")).hasContent("3");
        assertThat(data.resolve("backup/format-1/held/dev.json")).hasContent("{}");
        assertThat(data.resolve("backup/format-1/steps")).doesNotExist();
        assertThat(data.resolve("backup/format-1/log")).doesNotExist();
        third.check(data);
        assertThat(data.resolve("steps")).as("once").hasContent("23");
    }

    @Test
    void aDirectoryWithoutTheFileIsOfTheFirstFormat() throws Exception {
        Files.writeString(data.resolve("demo.mv.db"), "rows");

        third.check(data);

        assertThat(data.resolve("backup/format-1/demo.mv.db")).hasContent("rows");
    }

    @Test
    void isNeverLowered() throws IOException {
        Files.writeString(data.resolve("format.version"), "4\n");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> third.check(data))
                .withMessageContaining("says 4 (known: 1 to 3)");
        assertThat(data.resolve("format.version")).hasContent("4");
    }

    @Test
    void whatIsNoNumberIsNamed() throws IOException {
        Path file = Files.writeString(data.resolve("format.version"), "one\n");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> third.check(data))
                .withMessage(file
                        + " says 'one' (allowed: a number from 1 to 3, in digits), so nobody knows how to read "
                        + data + ". Write the number of the product that ran here last into it (this one writes 3:"
                        + " 'echo 3 > " + file + "'), put the file back from a copy, or use another --home");
    }

    @Test
    void whatIsEmptyOrNoTextIsNamed() throws IOException {
        Path file = Files.writeString(data.resolve("format.version"), "");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> third.check(data))
                .withMessageStartingWith(file + " is empty (allowed: a number from 1 to 3, in digits)");

        Files.write(file, new byte[] {(byte) 0xff, 0, 'x'});
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> third.check(data))
                .withMessageStartingWith(file + " says '\ufffd\\u0000x' (allowed: ");

        Files.writeString(file, "x".repeat(10_000));
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> third.check(data))
                .satisfies(e -> assertThat(e.getMessage()).contains("xxx...'").hasSizeLessThan(1_000));
        assertThat(file).as("it is left as it is").hasContent("x".repeat(10_000));
    }
}
