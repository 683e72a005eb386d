// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.validation.ConfigValidator;
import org.snakepipe.validation.ValidatedConfig;

/** Many configurations of ten keys over five layers, a file for each in each layer, from the disk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class ScaleBenchmark {
    /** How many configurations there are. */
    @Param({"1000", "10000"})
    public int pids;

    private final Schema schema = Sample.schema(SampleDirectory.PID, true, SampleDirectory.GROUPS);
    private SampleDirectory directory;

    /** Writes the files. */
    @Setup
    public void prepare() throws IOException {
        directory = SampleDirectory.write(Files.createTempDirectory("scale"), pids);
    }

    /** Removes them. */
    @TearDown
    public void remove() throws IOException {
        directory.delete();
    }

    /** The disk alone, for comparison: lists the directories and reads every file. */
    @Benchmark
    @Measures("scale.disk")
    public Map<String, byte[]> disk() throws IOException {
        return directory.read();
    }

    /**
     * Nothing is known from before. The heap has room for one round between two collections: a process reads its directory
     * once, and does not throw all of it away for the next time.
     */
    @Benchmark
    @Fork(
            value = 3,
            jvmArgs = {"-XX:+UseSerialGC", "-Xms3g", "-Xmx3g", "-Xmn2g", "-XX:+AlwaysPreTouch"})
    @Measures("scale.first")
    public ValidatedConfig first() throws IOException, InterruptedException {
        return new Check(schema).result(directory.read());
    }

    /** What the product does with the files of a directory. */
    private static final class Check {
        private final EnvironmentManager manager = new EnvironmentResolver();
        private final ConfigValidator validator;

        Check(Schema schema) {
            validator = new ConfigValidator(manager, new SchemaSource() {
                @Override
                public Collection<Schema> schemas(Set<String> digests) {
                    return List.of(schema);
                }

                @Override
                public Collection<RuleSource> rules(Set<String> digests) {
                    return List.of();
                }
            });
        }

        ValidatedConfig result(Map<String, byte[]> files) throws InterruptedException {
            ValidatedConfig result = validator.validate(
                    manager.read(files), SampleDirectory.ENVIRONMENT, Surroundings.offline(), Set.of());
            if (!result.problems().isEmpty()) {
                throw new IllegalStateException(result.problems().get(0).toString());
            }
            return result;
        }
    }

    /** All is known, and before each look one key of one file gets another value: each time another file. */
    @State(Scope.Thread)
    public static class Edit {
        private Check check;
        private Map<String, byte[]> files;
        private String path;
        private int number;

        /** Resolves once. */
        @Setup
        public void prepare(ScaleBenchmark benchmark) throws IOException, InterruptedException {
            check = new Check(benchmark.schema);
            files = new TreeMap<>(benchmark.directory.read());
            result();
        }

        /** Writes one file. */
        @Setup(Level.Invocation)
        public void edit(ScaleBenchmark benchmark) throws IOException {
            number++;
            int layer = number % SampleDirectory.layers();
            int pid = number % benchmark.pids;
            path = SampleDirectory.path(layer, pid);
            benchmark.directory.write(layer, pid, layer + pid + 1 + number % 100);
        }

        private ValidatedConfig result() throws InterruptedException {
            return check.result(files);
        }
    }

    /** From the one file that changed to the results. */
    @Benchmark
    @Measures("scale.one-key")
    public ValidatedConfig oneKey(Edit edit) throws IOException, InterruptedException {
        edit.files.put(edit.path, directory.read(edit.path));
        return edit.result();
    }
}
