// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.Participant;
import org.snakepipe.itest.common.Scene;

/** Whatever way somebody saves: one set, applied once, and the latest state wins. System calls as programs make them. */
@ExtendWith(BundleContextExtension.class)
class EditPatternsTest {
    /** Between two system calls of one save; what it waits for is nothing, it is part of what is saved. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int MANY = 100;

    private Edits edits;
    private BundleContext context;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        edits = new Edits(bundle);
    }

    @AfterEach
    void leave() throws InterruptedException, IOException {
        edits.close();
    }

    private static void write(Path file, String text, OpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            int half = bytes.remaining() / 2;
            channel.write(bytes.slice(0, half));
            LockSupport.parkNanos(BETWEEN_NANOS);
            channel.write(bytes.slice(half, bytes.remaining() - half));
            channel.force(true);
        }
    }

    @Test
    void inPlaceInTwoWrites() throws Exception {
        Path file = edits.applied("a", "fine");

        write(file, "mood = in two writes, each a half of it\n", WRITE, TRUNCATE_EXISTING);

        edits.isAppliedOnce("a", "in two writes, each a half of it");
    }

    @Test
    void renamed() throws Exception {
        Path file = edits.applied("a", "fine");
        Path beside = file.resolveSibling(".a.new");

        write(beside, "mood = renamed\n", WRITE, CREATE_NEW);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);

        edits.isAppliedOnce("a", "renamed");
    }

    @Test
    void deletedAndCreated() throws Exception {
        Path file = edits.applied("a", "fine");

        Files.delete(file);
        LockSupport.parkNanos(BETWEEN_NANOS);
        write(file, "mood = created\n", WRITE, CREATE_NEW);

        edits.isAppliedOnce("a", "created");
    }

    /** {@code backupcopy=no}, which {@code auto} is for an ordinary file: renamed away, written anew, the old one deleted. */
    @Test
    void asVimDoesWithoutCopies() throws Exception {
        Path file = edits.applied("a", "fine");
        Path backup = file.resolveSibling(file.getFileName() + "~");
        Path probe = Files.createFile(file.resolveSibling("4913"));
        Files.delete(probe);

        Files.move(file, backup, StandardCopyOption.ATOMIC_MOVE);
        write(file, "mood = by vim\n", WRITE, CREATE_NEW);
        Files.delete(backup);

        edits.isAppliedOnce("a", "by vim");
    }

    /** {@code backupcopy=yes}, which {@code auto} is for a link: copied, emptied, written, the copy deleted. */
    @Test
    void asVimDoesWithCopies() throws Exception {
        Path file = edits.applied("a", "fine");
        Path backup = file.resolveSibling(file.getFileName() + "~");

        Files.copy(file, backup);
        write(file, "mood = by vim in place\n", WRITE, TRUNCATE_EXISTING);
        Files.delete(backup);

        edits.isAppliedOnce("a", "by vim in place");
    }

    @Test
    void theSameSizeAndTime() throws Exception {
        Path file = edits.applied("a", "fine");
        FileTime time = Files.getLastModifiedTime(file);

        write(file, "mood = tidy\n", WRITE);
        Files.setLastModifiedTime(file, time);

        edits.isAppliedOnce("a", "tidy");
    }

    /** As {@code git checkout} does: each file is unlinked, and made anew. */
    @Test
    void aHundredFilesThatAreCheckedOut() throws Exception {
        for (int file = 0; file < MANY; file++) {
            edits.scene().save(Edits.path(Integer.toString(file)), "mood = first\n");
        }
        edits.isAppliedOnce(Integer.toString(MANY - 1), "first");
        edits.begin();

        for (int file = 0; file < MANY; file++) {
            Path path = edits.file(Integer.toString(file));
            Files.delete(path);
            Files.writeString(path, "mood = second\n", CREATE_NEW);
        }

        edits.isAppliedOnce(Integer.toString(MANY - 1), "second");
        for (int file = 0; file < MANY; file++) {
            assertThat(edits.mood(Integer.toString(file))).isEqualTo("second");
        }
    }

    @Test
    void aTreeThatIsMovedInAndOut() throws Exception {
        Path outside = edits.config().resolveSibling("outside");
        Files.createDirectories(outside);
        for (String name : new String[] {"a", "b", "c"}) {
            Files.writeString(outside.resolve(Edits.name(name)), "mood = moved\n");
        }
        Path inside = edits.config().resolve("local");
        edits.begin();

        Files.move(outside, inside, StandardCopyOption.ATOMIC_MOVE);
        edits.isAppliedOnce("a", "moved");
        assertThat(edits.mood("b") + edits.mood("c")).isEqualTo("movedmoved");

        edits.begin();
        Files.move(inside, outside, StandardCopyOption.ATOMIC_MOVE);
        edits.isAppliedOnce("a", "none");
        assertThat(edits.mood("b") + edits.mood("c")).isEqualTo("nonenone");
        Edits.delete(outside);
    }

    /** As Kubernetes writes a ConfigMap: hidden directories, and one link that is switched. */
    @Test
    void aConfigMapThatIsSwitched() throws Exception {
        Path mount = Files.createDirectories(edits.config().resolve("local"));
        Path first = Files.createDirectory(mount.resolve("..2026_1"));
        Path second = Files.createDirectory(mount.resolve("..2026_2"));
        for (String name : new String[] {"a", "b"}) {
            Files.writeString(first.resolve(Edits.name(name)), "mood = first\n");
            Files.writeString(second.resolve(Edits.name(name)), "mood = second\n");
        }
        edits.begin();
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_1"));
        for (String name : new String[] {"a", "b"}) {
            Files.createSymbolicLink(mount.resolve(Edits.name(name)), Path.of("..data", Edits.name(name)));
        }
        edits.isAppliedOnce("a", "first");

        edits.begin();
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        edits.isAppliedOnce("a", "second");
        assertThat(edits.mood("b")).isEqualTo("second");
        Edits.delete(mount);
    }

    /** The second one comes before the first has rested. */
    @Test
    void twoBursts() throws Exception {
        String[] names = {"a", "b", "c", "d", "e"};
        for (String name : names) {
            edits.applied(name, "fine");
        }
        edits.begin();

        for (int burst = 1; burst <= 2; burst++) {
            for (String name : names) {
                Files.writeString(edits.file(name), "mood = burst " + burst + "\n");
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }

        edits.isAppliedOnce("a", "burst 2");
        for (String name : names) {
            assertThat(edits.mood(name)).isEqualTo("burst 2");
        }
    }

    /** While one change is under way the file is saved twice more: the latest follows, once. */
    @Test
    void aChangeDuringAChange() throws Exception {
        edits.applied("a", "fine");
        CountDownLatch settling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Witness witness = new Witness();
        ServiceRegistration<Participant> registration = context.registerService(Participant.class, witness, null);
        try {
            Scene.await("the witness is settled and released", () -> witness.calls.contains("release"));
            witness.settling = () -> {
                settling.countDown();
                await(go);
            };
            edits.begin();
            edits.scene().save(Edits.path("a"), "mood = first\n");
            assertThat(settling.await(20, TimeUnit.SECONDS)).isTrue();
            edits.scene().save(Edits.path("a"), "mood = second\n");
            edits.scene().save(Edits.path("a"), "mood = third\n");
            witness.settling = () -> {};
            go.countDown();

            edits.isApplied("a", "third", 2);
        } finally {
            go.countDown();
            registration.unregister();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
