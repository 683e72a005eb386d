// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;

class SpoolTest {
    private static final long MUCH = 1 << 20;
    private static final long LITTLE = 64 << 10;
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    private Path data;

    private Spool spool() {
        return new Spool(data.resolve("spool"));
    }

    private static List<Record> numbers(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(number -> Record.of(Map.of("n", number)))
                .toList();
    }

    private static List<Long> drain(Spool spool) throws IOException {
        List<Long> all = new ArrayList<>();
        Spool.Taken taken;
        while ((taken = spool.take()) != null) {
            taken.records().forEach(record -> all.add((Long) record.value().get("n")));
            spool.done(taken.place());
        }
        return all;
    }

    private Path onlySegment() throws IOException {
        try (var files = Files.list(data.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long files() throws IOException {
        try (var files = Files.list(data.resolve("spool"))) {
            return files.count();
        }
    }

    @Test
    void givesBackInOrderAndLeavesNoFile() throws IOException {
        Spool spool = spool();
        spool.append(numbers(0, 10), TIME, MUCH);
        spool.append(numbers(10, 15), TIME + 1, MUCH);

        assertThat(spool.records()).isEqualTo(15);
        assertThat(spool.oldest()).isEqualTo(TIME);
        assertThat(drain(spool))
                .containsExactlyElementsOf(LongStream.range(0, 15).boxed().toList());
        spool.prepareForce();
        assertThat(spool.records()).isZero();
        assertThat(spool.bytes()).isZero();
        assertThat(files()).isZero();
    }

    @Test
    void goesOnAfterARestartWhereItWasTaken() throws IOException {
        Spool first = spool();
        for (int batch = 0; batch < 5; batch++) {
            first.append(numbers(batch * 10, batch * 10 + 10), TIME, MUCH);
        }
        first.done(first.take().place());
        first.done(first.take().place());
        first.take();
        first.prepareForce().run();

        Spool second = spool();
        second.load();
        assertThat(second.records()).isEqualTo(30);
        assertThat(drain(second))
                .containsExactlyElementsOf(LongStream.range(20, 50).boxed().toList());
    }

    /** Whatever byte a crash stops at, what was complete is there, and what comes afterwards too. */
    @Test
    void cutsOffATornEnd() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 3), TIME, MUCH);
        long whole = first.bytes();
        first.append(numbers(3, 6), TIME, MUCH);
        long all = first.bytes();
        first.close();
        byte[] complete = Files.readAllBytes(onlySegment());

        for (long size = whole; size < all; size++) {
            Path segment = onlySegment();
            Files.write(segment, java.util.Arrays.copyOf(complete, (int) size));
            Spool torn = spool();
            torn.load();
            assertThat(torn.records()).as("cut at %s", size).isEqualTo(3);
            torn.append(numbers(7, 8), TIME, MUCH);
            assertThat(torn.take().records()).hasSize(3);
            assertThat(torn.take().records().get(0).value()).containsEntry("n", 7L);
            torn.close();
        }
    }

    @Test
    void cutsOffAnEndThatWasNeverWrittenThrough() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 3), TIME, MUCH);
        long whole = first.bytes();
        first.append(numbers(3, 6), TIME, MUCH);
        first.close();
        try (FileChannel channel = FileChannel.open(onlySegment(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8), whole + 24);
        }

        assertThat(drain(spool())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void dropsTheOldestWhenItIsFullAndCountsThem() throws IOException {
        Spool spool = spool();
        for (int batch = 0; batch < 1_000; batch++) {
            spool.append(numbers(batch * 10, batch * 10 + 10), TIME, LITTLE);
            assertThat(spool.bytes()).isLessThanOrEqualTo(LITTLE);
        }

        long left = spool.records();
        assertThat(spool.dropped()).isEqualTo(10_000 - left).isPositive();
        assertThat(spool.bytes()).as("it uses what it may").isGreaterThan(LITTLE * 3 / 4);
        assertThat(drain(spool))
                .containsExactlyElementsOf(
                        LongStream.range(10_000 - left, 10_000).boxed().toList());
    }

    @Test
    void doesNotCountAsDroppedWhatSomebodyHasInHand() throws IOException {
        Spool spool = spool();
        spool.append(numbers(0, 10), TIME, LITTLE);
        Spool.Taken inHand = spool.take();
        for (int batch = 1; spool.dropped() == 0; batch++) {
            spool.append(numbers(batch * 10, batch * 10 + 10), TIME, LITTLE);
        }
        long dropped = spool.dropped();
        spool.done(inHand.place());

        assertThat(spool.dropped()).isEqualTo(dropped);
        assertThat(drain(spool).get(0)).as("the first that is left").isEqualTo(10 + dropped);
    }

    @Test
    void dividesALargeBatchAndDoesNotWriteARecordThatIsLargerThanEverything() throws IOException {
        Spool spool = spool();
        List<Record> rest = numbers(0, 1_000);
        int batches = 0;
        while (!rest.isEmpty()) {
            Spool.Appended appended = spool.append(rest, TIME, LITTLE);
            assertThat(appended.written()).isTrue();
            rest = rest.subList(appended.count(), rest.size());
            batches++;
        }
        List<Record> large = List.of(Record.of(Map.of("text", "x".repeat(100_000))), Record.of(Map.of("n", 1L)));

        assertThat(spool.append(large, TIME, LITTLE)).isEqualTo(new Spool.Appended(1, false));

        assertThat(batches).isGreaterThan(1);
        assertThat(drain(spool))
                .containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void dropsABatchThatIsDamagedAndGoesOnWithTheNext() throws IOException {
        Spool first = spool();
        int records = 0;
        first.append(numbers(0, 10), TIME, LITTLE);
        records = 10;
        for (; files() < 2; records += 10) {
            first.append(numbers(records, records + 10), TIME, LITTLE);
        }
        first.close();
        try (FileChannel channel =
                FileChannel.open(data.resolve("spool/000000000001.spool"), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8), 30);
        }
        Spool second = spool();

        assertThatThrownBy(second::take)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("000000000001.spool is damaged at byte 0");

        assertThat(second.dropped()).isEqualTo(10);
        assertThat(drain(second))
                .containsExactlyElementsOf(LongStream.range(10, records).boxed().toList());
    }

    @Test
    void dropsTheRestOfASegmentWhoseBatchesCannotBeTold() throws IOException {
        Spool spool = spool();
        spool.append(numbers(0, 10), TIME, MUCH);
        spool.append(numbers(10, 20), TIME, MUCH);
        overwrite(0, new byte[] {0x7F});

        assertThatThrownBy(spool::take)
                .hasMessageContaining("is damaged at byte 0, and all that comes after; 20 records are lost");
        assertThat(spool.dropped()).isEqualTo(20);
        spool.append(numbers(20, 30), TIME, MUCH);
        assertThat(drain(spool)).hasSize(10);
    }

    /** Only the end of the segment that was written last may be torn. */
    @Test
    void keepsWhatComesAfterADamagedBatchAlsoInTheLastSegment() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 10), TIME, MUCH);
        first.append(numbers(10, 20), TIME, MUCH);
        first.close();
        overwrite(30, new byte[8]);
        Spool second = spool();

        assertThatThrownBy(second::take).hasMessageContaining("is damaged at byte 0; 10 records are lost");
        assertThat(drain(second))
                .containsExactlyElementsOf(LongStream.range(10, 20).boxed().toList());
    }

    @Test
    void leavesNothingOfASegmentWhoseEndIsDamaged() throws IOException {
        Spool spool = spool();
        spool.append(numbers(0, 10), TIME, MUCH);
        long whole = spool.bytes();
        spool.append(numbers(10, 20), TIME, MUCH);
        overwrite(whole + 30, new byte[8]);
        spool.done(spool.take().place());

        assertThatThrownBy(spool::take).hasMessageContaining("10 records are lost");
        assertThat(spool.bytes()).isZero();
        spool.close();
        assertThat(drain(spool())).isEmpty();
    }

    /** As when there is no file descriptor left for a while. */
    @Test
    void aSpoolThatCannotBeOpenedForAWhileKeepsItsCursor() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 10), TIME, MUCH);
        first.append(numbers(10, 20), TIME, MUCH);
        first.done(first.take().place());
        first.drop(3);
        first.close();
        Path segment = onlySegment();
        Path aside = Files.move(segment, data.resolve("aside"));
        Files.createDirectory(segment);
        Spool second = spool();
        assertThatThrownBy(second::load).isInstanceOf(IOException.class);
        assertThatThrownBy(second::load).isInstanceOf(IOException.class);
        second.prepareForce();
        second.close();
        Files.delete(segment);
        Files.move(aside, segment);

        second.load();
        assertThat(second.dropped()).isEqualTo(3);
        assertThat(drain(second))
                .containsExactlyElementsOf(LongStream.range(10, 20).boxed().toList());
    }

    private void overwrite(long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(onlySegment(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    @Test
    void remembersOverARestartWhatWasDropped() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 10), TIME, MUCH);
        first.drop(7);
        first.close();

        Spool second = spool();
        second.load();
        assertThat(second.dropped()).isEqualTo(7);
        drain(second);
        second.close();

        Spool third = spool();
        third.load();
        assertThat(third.dropped()).as("also when nothing waits").isEqualTo(7);
        third.append(numbers(0, 10), TIME, MUCH);
        assertThat(drain(third)).hasSize(10);
    }

    @Test
    void bringsToTheDiskLaterWhatCouldNotBeBroughtThere() throws IOException {
        Spool spool = spool();
        spool.append(numbers(0, 10), TIME, MUCH);
        Files.createDirectories(data.resolve("spool/.cursor.new/x"));
        assertThatThrownBy(spool::prepareForce).isInstanceOf(IOException.class);
        assertThat(spool.isDirty()).isTrue();
        Files.delete(data.resolve("spool/.cursor.new/x"));
        Files.delete(data.resolve("spool/.cursor.new"));

        Spool.Forcing forcing = spool.prepareForce();
        assertThat(spool.isDirty()).as("not before it was done").isTrue();
        spool.append(numbers(10, 20), TIME, MUCH);
        forcing.run();
        assertThat(spool.isDirty()).as("what came meanwhile").isTrue();
        spool.prepareForce().run();
        assertThat(spool.isDirty()).isFalse();
    }

    @Test
    void survivesThatItsThreadIsInterrupted() throws IOException {
        Spool spool = spool();
        Thread.currentThread().interrupt();
        spool.append(numbers(0, 10), TIME, MUCH);
        spool.prepareForce().run();
        assertThat(spool.take().records()).hasSize(10);
        spool.append(numbers(10, 20), TIME, MUCH);

        assertThat(Thread.interrupted()).as("it is not forgotten").isTrue();
        assertThat(spool.take().records()).hasSize(10);
    }

    @Test
    void isReadByNobodyElse() throws IOException {
        assumeTrue(Files.getFileStore(data).supportsFileAttributeView("posix"));
        Spool spool = spool();
        spool.append(numbers(0, 10), TIME, MUCH);
        spool.close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("spool"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlySegment())))
                .isEqualTo("rw-------");
    }

    /** A crash may leave a cursor that is older or newer than the files. */
    @Test
    void doesNotTakeNewSegmentsForOldOnes() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 10), TIME, MUCH);
        first.append(numbers(10, 20), TIME, MUCH);
        first.done(first.take().place());
        first.prepareForce();
        first.done(first.take().place());

        Spool second = spool();
        second.append(numbers(20, 30), TIME, MUCH);

        assertThat(drain(spool()))
                .containsExactlyElementsOf(LongStream.range(20, 30).boxed().toList());
    }

    @Test
    void holdsNoMoreFilesOpenThanItReadsAndWrites() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        Spool first = spool();
        for (int batch = 0; batch < 40; batch++) {
            first.append(numbers(batch * 10, batch * 10 + 10), TIME, 4096);
            first.prepareForce().run();
        }
        first.prepareForce().run();
        assertThat(first.segments()).isGreaterThan(5);
        assertThat(openFiles()).isLessThanOrEqualTo(2);
        first.close();

        Spool second = spool();
        second.load();
        assertThat(openFiles()).isZero();
        second.take();
        assertThat(openFiles()).isEqualTo(1);
    }

    private long openFiles() throws IOException {
        long count = 0;
        try (var files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                count += isOurs(file) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(data);
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    /** A frame that is whole, of a record for which there is no memory. */
    @Test
    void doesNotSkipABatchForWhichThereIsNoMemory() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 1), TIME, MUCH);
        first.close();
        ByteBuffer body =
                ByteBuffer.allocate(5).put((byte) 'b').putInt(Integer.MAX_VALUE).flip();
        ByteBuffer head = ByteBuffer.allocate(12).putInt(1).putLong(TIME).flip();
        CRC32 sum = new CRC32();
        sum.update(head.duplicate());
        sum.update(body.duplicate());
        Files.write(
                onlySegment(),
                ByteBuffer.allocate(25)
                        .putInt(5)
                        .put(head)
                        .putInt((int) sum.getValue())
                        .put(body)
                        .array());
        Spool spool = spool();

        assertThatThrownBy(spool::take).isInstanceOf(OutOfMemoryError.class);
        assertThat(spool.records()).isEqualTo(1);
        assertThatThrownBy(spool::take).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void looksWithoutTouchingAnything() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 10), TIME, MUCH);
        first.append(numbers(10, 15), TIME + 1, MUCH);
        first.done(first.take().place());
        first.drop(3);
        first.close();
        long size = Files.size(onlySegment());
        Files.write(onlySegment(), new byte[7], StandardOpenOption.APPEND);

        assertThat(spool().look()).isEqualTo(new Spool.Summary(5, size, TIME + 1, 3));
        assertThat(Files.size(onlySegment())).isEqualTo(size + 7);
    }

    @Test
    void beginsAtTheBeginningWhenTheCursorIsUnreadable() throws IOException {
        Spool first = spool();
        first.append(numbers(0, 10), TIME, MUCH);
        Files.writeString(data.resolve("spool/cursor"), "");

        assertThat(drain(spool())).hasSize(10);
    }
}
