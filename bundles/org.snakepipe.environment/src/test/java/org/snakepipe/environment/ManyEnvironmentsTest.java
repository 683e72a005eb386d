// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;

class ManyEnvironmentsTest {
    private static final int ENVIRONMENTS = 1_000;
    private static final int PIDS = 100;

    /** Each environment changes three configurations of a hundred; what it does not change it shares with the others. */
    @Test
    void keepsAThousandEnvironmentsInSixtyFourMegabytes() {
        Map<String, byte[]> files = files();
        long before = used();
        EnvironmentManager manager = new EnvironmentResolver();
        ConfigFiles base = manager.read(files);
        List<Resolution> resolutions = new ArrayList<>();

        for (int number = 0; number < ENVIRONMENTS; number++) {
            resolutions.add(manager.resolve(base, "e" + number));
        }

        long retained = used() - before;
        System.out.println("retained by 1,000 environments over 100 PIDs: " + retained / 1024 + " KiB");
        assertThat(retained).isLessThan(64L << 20);
        assertThat(resolutions).allMatch(resolution -> resolution.problems().isEmpty());
        assertThat(resolutions.get(999).values().get(id(50)))
                .as("shared")
                .isSameAs(resolutions.get(0).values().get(id(50)));
        assertThat(files).isNotEmpty();
    }

    @Test
    void givesTheSameObjectForWhatDidNotChange() {
        Map<String, byte[]> files = new TreeMap<>(files());
        EnvironmentManager manager = new EnvironmentResolver();
        Resolution before = manager.resolve(manager.read(files), "e5");

        files.replaceAll((path, bytes) -> bytes.clone());
        files.put("base/" + id(7) + ".cfg", "key0 = other".getBytes(StandardCharsets.UTF_8));
        Resolution after = manager.resolve(manager.read(files), "e5");

        assertThat(after.values().keySet())
                .containsExactlyElementsOf(before.values().keySet());
        after.values().forEach((id, values) -> {
            if (id.equals(id(7))) {
                assertThat(values).isNotSameAs(before.values().get(id));
            } else {
                assertThat(values).isSameAs(before.values().get(id));
            }
        });
    }

    private static ConfigId id(int number) {
        return ConfigId.parse("snakepipe.pipeline~p" + number);
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int pid = 0; pid < PIDS; pid++) {
            StringBuilder text = new StringBuilder("word = $[prop:key0]\n");
            for (int key = 0; key < 10; key++) {
                text.append("key" + key + " = value " + key + "\n");
            }
            files.put("base/" + id(pid) + ".cfg", text.toString().getBytes(StandardCharsets.UTF_8));
        }
        for (int number = 0; number < ENVIRONMENTS; number++) {
            String directory = "environments/e" + number + "/";
            String extending = number < 10 ? "# a root" : "extends = e" + number % 10;
            files.put(directory + "environment.cfg", extending.getBytes(StandardCharsets.UTF_8));
            for (int change = 0; change < 3; change++) {
                String text = "key1 = of " + number;
                files.put(directory + id((number + change) % 40) + ".cfg", text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
