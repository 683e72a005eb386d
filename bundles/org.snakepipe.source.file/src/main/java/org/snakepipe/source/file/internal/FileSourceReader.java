// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.SourceReader;

/** Reads one file after the other, in the order of their paths; then looks for more. */
final class FileSourceReader implements SourceReader {
    private final Inbox inbox;
    private final Format format;
    private final Format.Settings settings;
    private final boolean watch;
    private final Map<String, Progress> read = new HashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private Map<String, FileStamp> stamps = Map.of();
    private boolean unfinished;
    private String name;
    private FileContents open;

    FileSourceReader(Inbox inbox, Format format, Format.Settings settings, Position from, boolean watch) {
        this.inbox = inbox;
        this.format = format;
        this.settings = settings;
        this.watch = watch;
        from.offsets()
                .forEach((path, offset) -> Progress.parse(offset).ifPresent(progress -> read.put(path, progress)));
    }

    @Override
    public Polled poll(int max, Duration wait) throws IOException, InterruptedException {
        Map<String, String> progress = new HashMap<>();
        if (open == null && waiting.isEmpty() && !look(wait, progress)) {
            return !watch && !unfinished ? Polled.end() : Polled.nothing();
        }
        Harvest harvest = new Harvest(max);
        while (!harvest.isFull() && (open != null || next())) {
            readOn(harvest, progress);
        }
        return Polled.of(harvest.records(), harvest.rejections(), Position.of(progress));
    }

    /** Looks for files that are to be read; {@code false} when there is nothing to do. */
    private boolean look(Duration wait, Map<String, String> progress) throws IOException, InterruptedException {
        if (!inbox.isDue(wait)) {
            return false;
        }
        stamps = inbox.files();
        unfinished = false;
        stamps.forEach((path, stamp) -> {
            Progress before = read.get(path);
            if (before == null || !before.isOf(stamp) || before.hasRest()) {
                waiting.add(path);
            }
        });
        for (String path : List.copyOf(read.keySet())) {
            if (!stamps.containsKey(path)) {
                read.remove(path);
                progress.put(path, "");
            }
        }
        return !waiting.isEmpty() || !progress.isEmpty();
    }

    private boolean next() throws IOException {
        while (!waiting.isEmpty()) {
            name = waiting.poll();
            FileStamp stamp = stamps.get(name);
            try {
                open = format.open(inbox.root().resolve(name), name, stamp, read.get(name), settings);
                return true;
            } catch (NoSuchFileException e) {
                // Gone since it was listed: the next look forgets it.
                continue;
            }
        }
        return false;
    }

    private void readOn(Harvest harvest, Map<String, String> progress) throws IOException {
        try {
            Optional<Progress> now = open.read(harvest);
            if (now.isPresent() && !now.get().equals(read.get(name))) {
                read.put(name, now.get());
                progress.put(name, now.get().toString());
            }
            // Of a file that is being written, the rest is still to come.
            unfinished |= open.isAtEnd() && now.map(Progress::hasRest).orElse(true);
            if (open.isAtEnd()) {
                closeFile();
            }
        } catch (NoSuchFileException e) {
            closeFile();
        }
    }

    /** Bytes of the files that wait, and of the rest of the open one. */
    @Override
    public OptionalLong remaining() {
        long bytes = 0;
        for (String path : waiting) {
            bytes += rest(path);
        }
        return OptionalLong.of(open == null ? bytes : bytes + rest(name));
    }

    private long rest(String path) {
        long size = stamps.get(path).size();
        Progress before = read.get(path);
        return before == null || before.inode() != stamps.get(path).inode() ? size : Math.max(0, size - before.bytes());
    }

    private void closeFile() throws IOException {
        FileContents done = open;
        open = null;
        done.close();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            closeFile();
        }
        inbox.close();
    }
}
