// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.SecretProvider;

/** A secret is nowhere but in the answer: not in logs, messages, texts of objects, nor in what the objects hold. */
class CanaryTest {
    private static final String CANARY = "c4n4ry-of-secrets";
    private static final Path LOG = Path.of("target/test.log");
    private static final Pace SOON = new Pace(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofSeconds(5));

    private final StringBuilder seen = new StringBuilder();

    @TempDir
    private Path directory;

    @Test
    void isNowhereButInTheAnswer() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        List<Path> paths = List.of(directory, directory.resolve("missing"));
        SecretFiles files = new SecretFiles(new SecretDirectories(paths, true), SOON, told::countDown);
        write("good", CANARY);
        write("broken", CANARY + "\0", 0xff);
        write("large", CANARY.repeat(SecretFile.MOST_BYTES / CANARY.length() + 1));

        ask(files, "good", "broken", "large", "nobody");
        write("good", CANARY + 2);
        write("broken", CANARY, 0xfe);
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        ask(files, "good", "broken", "large");

        assertThat(held(files, Collections.newSetFromMap(new IdentityHashMap<>())))
                .as("what the objects hold")
                .contains("salt=")
                .doesNotContain(CANARY);
        files.close();
        assertThat(seen.append(files.names()).append(files.name()).append(files))
                .as("names and messages")
                .contains("is not UTF-8")
                .doesNotContain(CANARY);
        assertThat(Files.readString(LOG))
                .as("the log")
                .contains("Secrets have changed")
                .doesNotContain(CANARY);
    }

    @Test
    void isInNoMessageAboutVariables() {
        Map<String, String> variables = Map.of("SNAKE_PIPE_SECRET_GOOD", CANARY, "SNAKE_PIPE_SECRET_EMPTY", "");
        SecretVariables secrets = new SecretVariables(() -> variables);

        ask(secrets, "good", "empty", "nobody");

        assertThat(seen.append(secrets.names()).append(secrets.name()).append(secrets))
                .contains("is empty")
                .doesNotContain(CANARY);
    }

    private void ask(SecretProvider secrets, String... names) {
        for (String name : names) {
            try {
                secrets.secret(name);
            } catch (IOException e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                seen.append(trace);
            }
        }
    }

    private void write(String name, String text, int... more) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        for (int index = 0; index < more.length; index++) {
            all[bytes.length + index] = (byte) more[index];
        }
        Files.write(directory.resolve(name), all);
    }

    /** The texts of all fields, and of the fields of our own objects in them. */
    private static String held(Object object, Set<Object> done) throws IllegalAccessException {
        if (object == null || !done.add(object)) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.valueOf(object));
        if (object instanceof Map<?, ?> map) {
            for (Object value : map.values()) {
                text.append(held(value, done));
            }
        }
        if (object instanceof byte[] bytes) {
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        if (object.getClass().getName().startsWith("org.snakepipe.")) {
            for (Field field : object.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    field.setAccessible(true);
                    text.append(field.getName()).append('=').append(held(field.get(object), done));
                }
            }
        }
        return text.toString();
    }
}
