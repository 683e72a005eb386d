// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * From an edit to the component that has the new value: a file renamed over the old one, a file of the same size written in
 * place, one that shrinks in place, and a change over the local socket. Between two edits a time passes that is not a multiple
 * of what anybody polls with.
 *
 * @param edits      of each kind
 * @param leastPause between two edits, in milliseconds
 * @param morePause  at most so many milliseconds more
 * @param others     configurations that are there beside the one that is edited, from the start on; then only Snake Pipe is edited
 */
record ReloadBenchmark(int edits, int leastPause, int morePause, int others) implements Benchmark {
    private static final int WARM_UP = 3;
    private static final double HIGH = 0.99;
    private static final int STARTS = 3;

    /** What a person does with a file. */
    private enum Edit {
        RENAME("rename"),
        IN_PLACE("in-place"),
        SHRUNK("shrunk"),
        SOCKET("socket");

        private final String name;

        Edit(String name) {
            this.name = name;
        }
    }

    @Override
    public String name() {
        return others == 0 ? "reload" : "reload-many";
    }

    @Override
    public List<Figure> run(Contestant contestant, Path work) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        if (others > 0) {
            figures.add(Figure.of(name() + ".start", contestant, "ms", starts(contestant, work)));
        }
        if (others == 0 || contestant instanceof SnakePipe) {
            Path home = Homes.make(work, contestant, name(), STARTS);
            try (RunningProcess process = RunningProcess.start(contestant, home, "0000", others)) {
                process.sinceStart("configured", "0000");
                measured(contestant, process, home).forEach((edit, times) -> {
                    figures.add(Figure.of(name() + "." + edit.name, contestant, "ms", times));
                    figures.add(Figure.of(name() + "." + edit.name + ".p99", contestant, "ms", List.of(high(times))));
                });
            }
        }
        return figures;
    }

    private List<Double> starts(Contestant contestant, Path work) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < STARTS; round++) {
            Path home = Homes.make(work, contestant, name(), round);
            try (RunningProcess process = RunningProcess.start(contestant, home, "0000", others)) {
                times.add(process.sinceStart("configured", "0000"));
            }
        }
        return times;
    }

    private Map<Edit, List<Double>> measured(Contestant contestant, RunningProcess process, Path home)
            throws IOException, InterruptedException {
        Random random = new Random(1);
        Map<Edit, List<Double>> took = new EnumMap<>(Edit.class);
        int number = 0;
        for (int round = 0; round < edits + WARM_UP; round++) {
            for (Edit edit : Edit.values()) {
                if (edit == Edit.SOCKET && !(contestant instanceof SnakePipe)) {
                    continue;
                }
                Thread.sleep(leastPause + random.nextInt(morePause));
                String value = String.format(Locale.ROOT, "%04d", ++number);
                long moment = ProbeFile.now();
                edit(edit, contestant, process.file(), home, value);
                double time = process.since(moment, value);
                if (round >= WARM_UP) {
                    took.computeIfAbsent(edit, unused -> new ArrayList<>()).add(time);
                }
            }
        }
        return took;
    }

    private static double high(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get((int) Math.ceil(HIGH * sorted.size()) - 1);
    }

    /** What comes before the shrunk one is longer. */
    private static void edit(Edit edit, Contestant contestant, Path file, Path home, String value) throws IOException {
        String text = contestant.text(value) + "# a line that is there or not\n";
        switch (edit) {
            case RENAME -> {
                Path beside = Files.writeString(file.resolveSibling(".beside.tmp"), text);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            case IN_PLACE -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.write(text.getBytes(StandardCharsets.UTF_8));
                }
            }
            case SHRUNK -> Files.writeString(file, contestant.text(value));
            case SOCKET -> LocalSocket.write(home, file, text);
        }
    }
}
