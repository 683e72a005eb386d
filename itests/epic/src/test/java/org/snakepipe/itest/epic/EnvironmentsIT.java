// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The distribution runs in each environment that it ships, with all of it published and nothing wrong. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EnvironmentsIT {
    private static final int CONFIGURATIONS = 13;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dev           | 10   | 2 | 5    | jdbc:h2:file:./warehouse        | 4  | files       | demo",
                "prod          | 1000 | 4 | 0    | jdbc:h2:file:./warehouse-global | 8  | files       | global",
                "staging       | 200  | 2 | 500  | jdbc:h2:file:./staging-global   | 4  | files       | global",
                "prod-eu       | 1000 | 4 | 2000 | jdbc:h2:file:./warehouse-eu     | 8  | files       | eu",
                "prod-us       | 1000 | 8 | 0    | jdbc:h2:file:./warehouse-us     | 16 | files       | us",
                "prod-ap       | 2000 | 4 | 0    | jdbc:h2:file:./warehouse-ap     | 8  | files       | ap",
                "prod-eu-blue  | 1000 | 4 | 2000 | jdbc:h2:file:./warehouse-eu     | 8  | files_blue  | eu_blue",
                "prod-eu-green | 1000 | 2 | 200  | jdbc:h2:file:./warehouse-eu     | 8  | files_green | eu_green",
                "prod-us-blue  | 1000 | 8 | 0    | jdbc:h2:file:./warehouse-us     | 16 | files_blue  | us_blue",
                "prod-us-green | 1000 | 4 | 500  | jdbc:h2:file:./warehouse-us     | 16 | files_green | us_green",
                "staging-eu    | 200  | 2 | 400  | jdbc:h2:file:./staging-eu       | 4  | files       | eu",
                "staging-us    | 200  | 2 | 500  | jdbc:h2:file:./staging-us       | 4  | files       | us",
            })
    void runs(
            String environment,
            String batchSize,
            String workers,
            String rateLimit,
            String url,
            String poolSize,
            String table,
            String quarantine,
            @TempDir Path directory)
            throws Exception {
        try (House house = new House(directory, 2)) {
            house.dropPlugins();
            house.run(environment);

            Map<String, Object> status = house.awaitStatus("both pipelines run", EnvironmentsIT::bothRun);
            assertThat(status).containsEntry("environment", environment).containsEntry("lastResult", "APPLIED");
            assertThat(House.problems(status)).isEmpty();
            assertThat(house.list("config:list"))
                    .hasSize(CONFIGURATIONS)
                    .allSatisfy(one -> assertThat(one).containsEntry("state", "PUBLISHED"));

            assertThat(values(house, "snakepipe.pipeline~demo"))
                    .containsEntry("batch.size", batchSize)
                    .containsEntry("concurrent.workers", workers)
                    .containsEntry("rate.limit", rateLimit);
            assertThat(values(house, "snakepipe.datasource~warehouse"))
                    .containsEntry("url", url)
                    .containsEntry("pool.size", poolSize)
                    .containsEntry("user", "sa");
            assertThat(house.ask("config:explain", "snakepipe.sink.jdbc~files", "table"))
                    .startsWith("table = " + table + "   from ");
            assertThat(house.value("snakepipe.sink.file~quarantine", "path"))
                    .isEqualTo("quarantine/" + quarantine + ".ndjson");
        }
    }

    private static boolean bothRun(Map<String, Object> status) {
        List<?> running = ((List<?>) status.get("pipelines"))
                .stream()
                        .map(pipeline -> ((Map<?, ?>) pipeline))
                        .filter(pipeline -> "RUNNING".equals(pipeline.get("state")))
                        .map(pipeline -> pipeline.get("name"))
                        .toList();
        return running.size() == 2 && running.containsAll(List.of("demo", "hotspots"));
    }

    private static Map<String, String> values(House house, String id) throws Exception {
        Map<String, String> values = new TreeMap<>();
        house.map("config:get", id)
                .forEach((key, value) ->
                        values.put(key, ((Map<?, ?>) value).get("value").toString()));
        return values;
    }
}
