// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * From an edit to the component that has the new value: a file renamed over the old one, and a file of the same size written
 * in place. Between two edits a time passes that is not a multiple of what anybody polls with.
 */
record ReloadBenchmark(int edits, int leastPause, int morePause) implements Benchmark {
    private static final int WARM_UP = 3;

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public List<Figure> run(Contestant contestant, Path work) throws IOException, InterruptedException {
        Random random = new Random(1);
        try (RunningProcess process =
                RunningProcess.start(contestant, Homes.make(work, contestant, "reload", 0), "0000")) {
            process.sinceStart("configured", "0000");
            List<Double> renamed = new ArrayList<>();
            List<Double> inPlace = new ArrayList<>();
            for (int edit = 1; edit <= 2 * (edits + WARM_UP); edit++) {
                Thread.sleep(leastPause + random.nextInt(morePause));
                String value = String.format("%04d", edit);
                boolean rename = edit % 2 == 0;
                long moment = ProbeFile.now();
                write(process.file(), contestant.text(value), rename);
                double took = process.since(moment, value);
                if (edit > 2 * WARM_UP) {
                    (rename ? renamed : inPlace).add(took);
                }
            }
            return List.of(
                    Figure.of("reload.rename", contestant, "ms", renamed),
                    Figure.of("reload.in-place", contestant, "ms", inPlace));
        }
    }

    private static void write(Path file, String text, boolean rename) throws IOException {
        if (rename) {
            Path beside = Files.writeString(file.resolveSibling(".beside.tmp"), text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
