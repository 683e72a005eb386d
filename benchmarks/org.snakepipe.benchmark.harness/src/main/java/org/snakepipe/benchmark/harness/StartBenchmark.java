// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the process to the first row, or, where there are no rows, to the configuration of the probe, and the
 * memory that the idle process holds afterwards.
 */
record StartBenchmark(int rounds, long idleMillis) implements Benchmark {
    private static final String VALUE = "0000";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> run(Contestant contestant, Path work) throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (RunningProcess process =
                    RunningProcess.start(contestant, Homes.make(work, contestant, "start", round), VALUE)) {
                first.add(process.sinceStart(contestant.writesRows() ? "written" : "configured", VALUE));
                Thread.sleep(idleMillis);
                memory.add(process.residentMegabytes());
            }
        }
        String metric = contestant.writesRows() ? "start.first-row" : "start.configured";
        return List.of(
                Figure.of(metric, contestant, "ms", first), Figure.of("start.idle-rss", contestant, "MB", memory));
    }
}
