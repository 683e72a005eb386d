// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * From a jar that is renamed into {@code deploy/} to its activator: a new one, one in the place of another, and many at once, of
 * which the last counts. And, where there is a socket, from a request to register a plugin that needs a chain of libraries to the
 * answer.
 *
 * @param rounds of new and replaced ones
 * @param many   how many come at once
 * @param floods how many times many come
 */
record PluginBenchmark(int rounds, int many, int floods) implements Benchmark {
    private static final int LIBRARIES = 10;
    private static final int WARM_UP = 2;
    private static final int LEAST_PAUSE = 300;
    private static final int MORE_PAUSE = 700;

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public List<Figure> run(Contestant contestant, Path work) throws IOException, InterruptedException {
        Path home = Homes.make(work, contestant, name(), 0);
        try (RunningProcess process = RunningProcess.start(contestant, home, "0000")) {
            process.sinceStart("configured", "0000");
            Drops drops =
                    new Drops(process, new StartJars(contestant.bundles()), work, home.resolve(contestant.deploy()));
            List<Figure> figures = new ArrayList<>();
            drops.single(rounds, contestant, figures);
            List<Double> floodTimes = new ArrayList<>();
            for (int flood = 0; flood < floods; flood++) {
                floodTimes.add(drops.flood("flood" + flood + ".n", many));
            }
            figures.add(Figure.of("plugins.drop-" + many, contestant, "ms", floodTimes));
            if (contestant instanceof SnakePipe) {
                List<Double> chains = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    chains.add(drops.register(home, "chain" + round));
                }
                figures.add(Figure.of("plugins.register-" + LIBRARIES, contestant, "ms", chains));
            }
            return figures;
        }
    }

    /** Jars that go into one directory. */
    private record Drops(RunningProcess process, StartJars jars, Path work, Path deploy) {
        void single(int rounds, Contestant contestant, List<Figure> figures) throws IOException, InterruptedException {
            Random random = new Random(1);
            List<Double> fresh = new ArrayList<>();
            List<Double> replaced = new ArrayList<>();
            for (int round = 0; round < rounds + WARM_UP; round++) {
                String name = "drop" + round;
                Thread.sleep(LEAST_PAUSE + random.nextInt(MORE_PAUSE));
                double first = drop(name, "1.0.0");
                Thread.sleep(LEAST_PAUSE + random.nextInt(MORE_PAUSE));
                double second = drop(name, "1.1.0");
                if (round >= WARM_UP) {
                    fresh.add(first);
                    replaced.add(second);
                }
            }
            figures.add(Figure.of("plugins.drop", contestant, "ms", fresh));
            figures.add(Figure.of("plugins.replace", contestant, "ms", replaced));
        }

        private double drop(String name, String version) throws IOException, InterruptedException {
            Path beside = beside(name, version);
            long moment = ProbeFile.now();
            move(beside, name);
            return process.since(moment, name + "_" + version);
        }

        double flood(String prefix, int many) throws IOException, InterruptedException {
            List<Path> beside = new ArrayList<>();
            for (int number = 0; number < many; number++) {
                beside.add(beside(prefix + number, "1.0.0"));
            }
            long moment = ProbeFile.now();
            for (int number = 0; number < many; number++) {
                move(beside.get(number), prefix + number);
            }
            double last = 0;
            for (int number = 0; number < many; number++) {
                last = Math.max(last, process.since(moment, prefix + number + "_1.0.0"));
            }
            return last;
        }

        /** Written where nobody watches, on the same file system. */
        private Path beside(String name, String version) throws IOException {
            return Files.write(work.resolve(name + "-" + version + ".jar"), jars.plugin(name, version, ""));
        }

        private void move(Path beside, String name) throws IOException {
            Files.move(beside, deploy.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
        }

        /** A plugin that needs a library that needs another, and so on. */
        double register(Path home, String name) throws IOException {
            Path directory = Files.createDirectories(work.resolve(name));
            for (int library = 0; library < LIBRARIES; library++) {
                String needs = library + 1 < LIBRARIES ? name + ".l" + (library + 1) : "";
                Files.write(
                        directory.resolve(name + "-l" + library + ".jar"), jars.library(name + ".l" + library, needs));
            }
            Path plugin = Files.write(directory.resolve(name + ".jar"), jars.plugin(name, "1.0.0", name + ".l0"));
            long moment = ProbeFile.now();
            LocalSocket.ask(home, "plugin:register", "DONE", plugin.toString(), directory.toString());
            return (ProbeFile.now() - moment) / 1000.0;
        }
    }
}
