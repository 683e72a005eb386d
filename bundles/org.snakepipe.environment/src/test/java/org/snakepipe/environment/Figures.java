// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Measures resolving on this machine; run by hand. Prints medians of warm runs, in microseconds. */
public final class Figures {
    private static final int KEYS = 10;
    private static final int ENVIRONMENTS = 4;

    private Figures() {}

    /**
     * Runs all.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        hundredKeys();
        for (int pids : new int[] {1_000, 10_000}) {
            Map<String, byte[]> files = files(pids);
            report(pids + " PIDs, everything parsed anew", 15, () -> resolve(new EnvironmentResolver(), files));
            EnvironmentResolver warm = new EnvironmentResolver();
            report(pids + " PIDs, nothing changed", 60, () -> resolve(warm, files));
            int[] round = new int[1];
            report(pids + " PIDs, one key changed", 60, () -> {
                Map<String, byte[]> changed = new TreeMap<>(files);
                changed.put("environments/e2/snakepipe.pipeline~p7.cfg", bytes("key0 = " + round[0]++));
                long start = System.nanoTime();
                Resolution resolution = resolve(warm, changed);
                return new Object[] {resolution, System.nanoTime() - start};
            });
        }
    }

    private static void hundredKeys() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int layer = 0; layer <= ENVIRONMENTS; layer++) {
            StringBuilder text = new StringBuilder();
            for (int key = 0; key < 100; key++) {
                text.append("some.key" + key + " = value of layer " + layer + "\n");
            }
            files.put(directory(layer) + "x.cfg", bytes(text.toString()));
        }
        extend(files);
        EnvironmentResolver warm = new EnvironmentResolver();
        report("100 keys over 5 layers, nothing changed", 20_000, () -> resolve(warm, files));
        report(
                "100 keys over 5 layers, everything parsed anew",
                3_000,
                () -> resolve(new EnvironmentResolver(), files));
    }

    private static Resolution resolve(EnvironmentManager manager, Map<String, byte[]> files) {
        Resolution resolution = manager.resolve(manager.read(files), "e" + ENVIRONMENTS);
        if (!resolution.problems().isEmpty()) {
            throw new IllegalStateException(resolution.problems().get(0).toString());
        }
        return resolution;
    }

    private static void report(String what, int rounds, Supplier<Object> work) {
        List<Long> times = new ArrayList<>();
        for (int round = 0; round < rounds * 2; round++) {
            long start = System.nanoTime();
            Object result = work.get();
            long took = System.nanoTime() - start;
            if (round >= rounds) {
                times.add(result instanceof Object[] inner ? (Long) inner[1] : took);
            }
        }
        Collections.sort(times);
        System.out.printf(
                "%-50s %10.1f us (90%%: %.1f)%n", what, times.get(rounds / 2) / 1e3, times.get(rounds * 9 / 10) / 1e3);
    }

    static Map<String, byte[]> files(int pids) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int layer = 0; layer <= ENVIRONMENTS; layer++) {
            for (int pid = 0; pid < pids; pid++) {
                StringBuilder text = new StringBuilder();
                for (int key = 0; key < KEYS; key++) {
                    text.append("key" + key + " = value " + pid + " of layer " + layer + "\n");
                }
                files.put(directory(layer) + "snakepipe.pipeline~p" + pid + ".cfg", bytes(text.toString()));
            }
        }
        extend(files);
        return files;
    }

    private static void extend(Map<String, byte[]> files) {
        for (int layer = 2; layer <= ENVIRONMENTS; layer++) {
            files.put(directory(layer) + "environment.cfg", bytes("extends = e" + (layer - 1)));
        }
    }

    private static String directory(int layer) {
        return layer == 0 ? "base/" : "environments/e" + layer + "/";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
