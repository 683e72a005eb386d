// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;

/**
 * Many files are saved again and again, in every way and faster than changes are applied: nothing that is half written comes to
 * a component, and what was saved last comes to all of them. {@code -Plong} saves 10,000 times, and asks besides for each
 * content that was left alone for a second, which only an idle machine promises.
 */
@ExtendWith(BundleContextExtension.class)
class EditStormTest {
    private static final int FILES = 200;
    /** Between two edits, and between the two halves of one that is written in place: they are part of what is done. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long HALF_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A machine that stops for this long between the halves makes of one save two. */
    private static final long TORN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final int MOST_PADDING = 300;

    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(4);
    private final Map<String, List<Saved>> saved = new TreeMap<>();

    private Edits edits;
    private int number;
    private int count;
    private long restNanos;

    /** A content of a file. @param begun when it began to be written @param slow whether it took so long that it is two */
    private record Saved(String mood, long begun, long done, boolean slow) {}

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        edits = new Edits(bundle);
        count = Integer.parseInt(bundle.getProperty("snakepipe.storm.edits"));
        restNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(bundle.getProperty("snakepipe.storm.rest")));
        Delicate.MADE.set(made::add);
    }

    @AfterEach
    void leave() throws InterruptedException, IOException {
        Delicate.MADE.set(mood -> {});
        edits.close();
    }

    @Test
    void nothingIsTornAndTheLastContentOfEachFileArrives() throws Exception {
        for (int file = 0; file < FILES; file++) {
            save("s" + file);
        }
        for (int edit = 0; edit < count; edit++) {
            save("s" + random.nextInt(FILES));
            LockSupport.parkNanos(PACE_NANOS);
        }

        long end = System.nanoTime() + PATIENCE_NANOS;
        for (String name : saved.keySet()) {
            String last = last(name).mood();
            while (!edits.mood(name).equals(last)) {
                assertThat(System.nanoTime())
                        .as("%s becomes '%s' and is '%s'", name, last, edits.mood(name))
                        .isLessThan(end);
                LockSupport.parkNanos(PACE_NANOS);
            }
        }
        assertNothingIsTorn();
        assertWhatRestedCame();
    }

    private Saved last(String name) {
        List<Saved> all = saved.get(name);
        return all.get(all.size() - 1);
    }

    /** What begins with a number ends with it. */
    private void assertNothingIsTorn() {
        List<String> known = new ArrayList<>();
        saved.values().forEach(all -> all.forEach(one -> known.add(one.mood())));
        long slow = saved.values().stream()
                .flatMap(List::stream)
                .filter(Saved::slow)
                .count();
        List<String> torn = made.stream()
                .filter(mood -> mood.startsWith("edit "))
                .filter(mood -> !known.contains(mood))
                .toList();
        assertThat(torn).as("seen and never saved; %d were saved slowly", slow).hasSizeLessThanOrEqualTo((int) slow);
    }

    private void assertWhatRestedCame() {
        int rested = 0;
        List<String> lost = new ArrayList<>();
        for (List<Saved> all : saved.values()) {
            for (int i = 0; i < all.size(); i++) {
                boolean last = i == all.size() - 1;
                if (last || all.get(i + 1).begun() - all.get(i).done() >= restNanos) {
                    rested++;
                    if (!made.contains(all.get(i).mood())) {
                        lost.add(all.get(i).mood());
                    }
                }
            }
        }
        System.out.println(count + " edits over " + FILES + " files: " + rested + " contents at rest, " + lost.size()
                + " of them lost; " + made.size() + " were delivered");
        assertThat(lost).as("at rest and not delivered").isEmpty();
    }

    private void save(String name) throws IOException {
        number++;
        String mood = "edit " + number + " " + "x".repeat(random.nextInt(MOST_PADDING)) + " of " + number;
        byte[] text = ("mood = " + mood + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = edits.file(name);
        Files.createDirectories(file.getParent());
        long begun = System.nanoTime();
        boolean slow = false;
        switch (random.nextInt(3)) {
            case 0 -> rename(file, text);
            case 1 -> slow = inPlace(file, text);
            default -> {
                Files.deleteIfExists(file);
                slow = inPlace(file, text);
            }
        }
        saved.computeIfAbsent(name, key -> new ArrayList<>()).add(new Saved(mood, begun, System.nanoTime(), slow));
    }

    private static void rename(Path file, byte[] text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean inPlace(Path file, byte[] text) throws IOException {
        int half = text.length / 2;
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text, 0, half));
            long begun = System.nanoTime();
            LockSupport.parkNanos(HALF_NANOS);
            channel.write(ByteBuffer.wrap(text, half, text.length - half));
            return System.nanoTime() - begun > TORN_NANOS;
        }
    }
}
