// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A contestant that runs. Closing ends it, by its own process id. */
final class RunningProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double KB_PER_MB = 1024;

    private final Process process;
    private final Path file;
    private final ProbeFile probe;
    private final Path said;
    private final long begun;

    private RunningProcess(Process process, Path file, Path home, long begun) {
        this.process = process;
        this.file = file;
        this.probe = new ProbeFile(home.resolve("probe.out"));
        this.said = said(home);
        this.begun = begun;
    }

    /** Starts it in an empty directory; what it says goes into a file there. */
    static RunningProcess start(Contestant contestant, Path home, String value) throws IOException {
        return start(contestant, home, value, 0);
    }

    /** The same. @param others configurations that are there beside the one that is edited */
    static RunningProcess start(Contestant contestant, Path home, String value, int others) throws IOException {
        Contestant.Home prepared = contestant.prepare(home, value);
        for (int other = 0; other < others; other++) {
            // Of a family beside it, of one by itself another by itself.
            String name = prepared.file()
                    .getFileName()
                    .toString()
                    .replace("~rows", "~other" + other)
                    .replace(".probe.", ".other" + other + ".");
            Files.writeString(prepared.file().resolveSibling(name), contestant.text("other"));
        }
        prepared.process().redirectErrorStream(true).redirectOutput(said(home).toFile());
        long begun = ProbeFile.now();
        return new RunningProcess(prepared.process().start(), prepared.file(), home, begun);
    }

    private static Path said(Path home) {
        return home.resolve("said.log");
    }

    /** What is edited. */
    Path file() {
        return file;
    }

    /** Milliseconds from the start of the process to an event. */
    double sinceStart(String event, String value) throws IOException, InterruptedException {
        return (await(event, value) - begun) / 1000.0;
    }

    /** Milliseconds from a moment of {@link ProbeFile#now()} until the probe has the value. */
    double since(long moment, String value) throws IOException, InterruptedException {
        return (await("configured", value) - moment) / 1000.0;
    }

    private long await(String event, String value) throws IOException, InterruptedException {
        try {
            return probe.await(event, value, PATIENCE, process::isAlive);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; it said:\n" + Files.readString(said), e);
        }
    }

    /** Resident memory in MB, as Linux counts it. */
    double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / KB_PER_MB;
            }
        }
        throw new IOException("the process " + process.pid() + " has no VmRSS");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
