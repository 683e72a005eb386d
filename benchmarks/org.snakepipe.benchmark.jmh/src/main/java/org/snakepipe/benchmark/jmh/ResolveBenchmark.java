// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.ValidationResult;

/** One configuration of a hundred keys over five layers: from the bytes of the files to typed, checked values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class ResolveBenchmark {
    static final int GROUPS = 10;
    static final int LAYERS = 5;
    /** How many values the key takes in turn. */
    static final int EDITS = 64;

    private static final String PID = "bench.service";
    private static final String ENVIRONMENT = "e4";

    private final Schema schema = Sample.schema(PID, false, GROUPS);
    private final Map<String, byte[]> files = new TreeMap<>();
    private EnvironmentManager manager;
    private CheckedConfigurations checked;
    private int edit;
    private final byte[][] edits = new byte[EDITS][];

    /** What each layer says, the lowest first. */
    static List<Map<String, String>> layers() {
        return List.of(
                Sample.values(GROUPS, 0),
                Sample.quarter(GROUPS, 1, 1),
                Sample.quarter(GROUPS, 2, 2),
                Sample.quarter(GROUPS, 3, 3),
                Sample.quarter(GROUPS, 4, 4));
    }

    /** Lays the files out, and resolves once. */
    @Setup
    public void prepare() {
        List<Map<String, String>> layers = layers();
        for (int layer = 0; layer < LAYERS; layer++) {
            String directory = layer == 0 ? "base/" : "environments/e" + layer + "/";
            put(directory + PID + ".cfg", Sample.file(layers.get(layer)));
            if (layer > 0) {
                put(directory + "environment.cfg", layer == 1 ? "# the oldest" : "extends = e" + (layer - 1));
            }
        }
        for (int number = 0; number < EDITS; number++) {
            edits[number] = edited(number).getBytes(StandardCharsets.UTF_8);
        }
        everything();
    }

    /** The highest layer with another port. */
    private static String edited(int number) {
        Map<String, String> layer = Sample.quarter(GROUPS, LAYERS - 1, LAYERS - 1);
        layer.put("g0.port", "" + (1 + number));
        return Sample.file(layer);
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The files as they were. */
    @Benchmark
    @Measures("resolve.unchanged")
    public List<ValidationResult> unchanged() {
        return result();
    }

    /** A key of one layer has a new value. */
    @Benchmark
    @Measures("resolve.one-key")
    public List<ValidationResult> oneKey() {
        edit++;
        files.put("environments/" + ENVIRONMENT + "/" + PID + ".cfg", edits[edit % EDITS]);
        return result();
    }

    /** Nothing is known from before. */
    @Benchmark
    @Measures("resolve.first")
    public List<ValidationResult> everything() {
        manager = new EnvironmentResolver();
        checked = new CheckedConfigurations(schema);
        return result();
    }

    private List<ValidationResult> result() {
        return checked.check(manager.resolve(manager.read(files), ENVIRONMENT));
    }
}
