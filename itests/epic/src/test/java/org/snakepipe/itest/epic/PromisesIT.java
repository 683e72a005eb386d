// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Snake Pipe promises about configuration, each on a runtime of its own. See docs/acceptance.md. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PromisesIT {
    private static final String DEMO = "snakepipe.pipeline~demo";
    private static final String KNOBS = "environments/dev/" + DEMO + ".cfg";
    private static final int DOCUMENTS = 20;

    @TempDir
    private Path directory;

    private House house;

    @AfterEach
    void end() {
        if (house != null) {
            house.close();
        }
    }

    private void run(int documents, String environment) throws Exception {
        house = new House(directory, documents);
        house.run(environment);
    }

    @Test
    void oneDirectorySaysWhatIsTrueEverywhere() throws Exception {
        run(1, "staging-eu");
        long before = House.generation(house.map("status"));

        house.save("base/snakepipe.source.file~inbox.cfg", "directory = inbox", "record.type = document", "watch=true");
        house.awaitOutcome("APPLIED", before);

        assertThat(house.value("snakepipe.source.file~inbox", "pattern")).isEqualTo("**");
        assertThat(house.ask("config:explain", DEMO, "rate.limit").lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "rate.limit = 400 from environments/staging-eu/" + DEMO + ".cfg:2 (environment staging-eu)",
                        " hides 500 from environments/staging/" + DEMO + ".cfg:4 (environment staging)",
                        " hides 2000 from environments/prod-eu/" + DEMO + ".cfg:2 (environment prod-eu)",
                        " hides 0 from base/" + DEMO + ".cfg:19 (base)");
    }

    @Test
    void mistakesAreRefusedTogetherWithWhatMendsThem() throws Exception {
        run(1, "dev");

        house.save(KNOBS, "batch_size = 10", "concurrent.workers = 64", "enabled = yes", "rate.limit = 5");
        Map<String, Object> rejected = house.awaitOutcome("REJECTED", 0);

        assertThat(House.problems(rejected))
                .filteredOn(problem -> problem.contains(KNOBS))
                .containsExactlyInAnyOrder(
                        KNOBS + ":1: batch_size is not a key of snakepipe.pipeline; did you mean 'batch.size'?",
                        KNOBS
                                + ":2: concurrent.workers = 64 is above the maximum 32 (allowed: 1 to 32); other environments have"
                                + " '4'",
                        KNOBS + ":3: enabled = yes is not a Boolean (allowed: true, false); did you mean 'true'?");
        assertThat(house.pipeline("demo")).containsEntry("state", "RUNNING");
        assertThat(house.value(DEMO, "batch.size")).isEqualTo("10");

        house.save(KNOBS, "batch.size = 20", "concurrent.workers = 32", "enabled = true", "rate.limit = 5");
        house.awaitOutcome("APPLIED", House.generation(rejected));
        assertThat(house.value(DEMO, "batch.size")).isEqualTo("20");
    }

    @Test
    void savedIsLiveAndNothingIsRestarted() throws Exception {
        house = new House(directory, DOCUMENTS);
        Process process = house.run("dev");
        Map<String, Object> before = house.awaitPipeline("demo", "runs", one -> House.number(one, "total") > 0);

        house.save(KNOBS, "rate.limit = 0", "batch.size = 5");
        house.awaitOutcome("APPLIED", House.generation(house.map("status")) - 1);
        Map<String, Object> after =
                house.awaitPipeline("demo", "has read all", one -> House.number(one, "total") == DOCUMENTS);

        assertThat(house.map("status")).containsEntry("pid", (int) process.pid());
        assertThat(after).as("the pipeline was not opened again").containsEntry("since", before.get("since"));
        assertThat(house.value(DEMO, "rate.limit")).isEqualTo("0");
    }

    @Test
    void pluginsAndPipelinesAreDiscovered() throws Exception {
        run(DOCUMENTS, "prod");
        assertThat(house.pipeline("hotspots")).containsEntry("state", "WAITING");
        assertThat(house.problems()).singleElement().asString().contains("no plugin knows snakepipe.transform.core");

        house.dropPlugins();
        house.awaitPipeline("hotspots", "runs", one -> one.get("state").equals("RUNNING"));
        house.awaitStatus("nothing is wrong", status -> House.problems(status).isEmpty());
        assertThat(house.ask("plugin:why", "org.snakepipe.transform.core")).contains("transform core");

        house.save(
                "base/copy.yaml",
                "snakepipe.pipeline~copy: {source: snakepipe.source.file~copy, sinks: [snakepipe.sink.file~copy]}",
                "snakepipe.source.file~copy: {directory: inbox, key.field: id}",
                "snakepipe.sink.file~copy: {path: out/copy.ndjson}");
        house.awaitStatus("a new pipeline", status -> ((List<?>) status.get("pipelines")).size() == 3);
        house.awaitPipeline("copy", "has read all", one -> House.number(one, "total") == DOCUMENTS);
        assertThat(Files.readAllLines(house.path().resolve("data/out/copy.ndjson")))
                .hasSize(DOCUMENTS);
    }

    @Test
    void thereMayBeAnyNumberOfEnvironments() throws Exception {
        int many = 200;
        house = new House(directory, 1);
        for (int number = 0; number < many; number++) {
            String parents = number == 0 ? "prod" : number < 3 ? "e0" : "e" + (number - 1) + ", e" + (number - 3);
            house.save("environments/e" + number + "/environment.cfg", "extends = " + parents);
            house.save(
                    "environments/e" + number + "/" + DEMO + ".cfg",
                    (number % 2 == 0 ? "batch.size" : "rate.limit") + " = " + (number + 1));
        }
        house.run("e198");

        assertThat(house.list("config:env")).hasSize(12 + many);
        assertThat(house.problems()).noneMatch(problem -> problem.contains("environments/"));
        assertThat(house.value(DEMO, "batch.size")).isEqualTo("199");
        assertThat(house.value(DEMO, "rate.limit")).isEqualTo("198");
        assertThat(house.ask("config:explain", DEMO, "batch.size")).contains("hides 1   from environments/e0/");
    }

    @Test
    void manyConfigurationsAreReadAtOnceAndOneChangeIsQuick() throws Exception {
        int many = 500;
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < many; number++) {
            lines.add("snakepipe.transform.validate~many" + number + ": {required: [id, path]}");
        }
        house = new House(directory, 1);
        house.save("base/many.yaml", lines.toArray(String[]::new));
        house.run("dev");
        Map<String, Object> status = house.map("status");
        assertThat(house.list("config:list")).hasSizeGreaterThan(many);

        house.save(KNOBS, "rate.limit = 0");
        house.awaitOutcome("APPLIED", House.generation(status));

        // Measured figures are in benchmarks/; this only notices when an order of magnitude is lost.
        assertThat(millis(house.ask("status"))).isLessThan(3000);
    }

    /** The line {@code last change APPLIED at ... in 38 ms (...)}. */
    private static long millis(String status) {
        return Long.parseLong(status.replaceAll("(?s).*\nlast change APPLIED at \\S+ in (\\d+) ms.*", "$1"));
    }

    @Test
    void nothingIsLostWhenItIsKilledWhileAFileIsBad() throws Exception {
        house = new House(directory, DOCUMENTS);
        Process killed = house.run("dev");
        house.awaitPipeline("demo", "has begun", one -> House.number(one, "total") > 0);
        killed.destroyForcibly().waitFor();

        house.save(KNOBS, "rate.limit = 0", "batch.size = 0");
        house.run("dev");
        assertThat(house.problems()).anyMatch(problem -> problem.contains(KNOBS + ":2: batch.size = 0 is below"));
        assertThat(house.value(DEMO, "batch.size")).as("the last that was good").isEqualTo("10");

        house.save(KNOBS, "rate.limit = 0", "batch.size = 3");
        house.awaitPipeline("demo", "has read all", one -> House.number(one, "total") == DOCUMENTS);
        house.stop();
        assertThat(Warehouse.ids(house.path(), "warehouse", "sa", "", "files"))
                .hasSize(DOCUMENTS)
                .doesNotHaveDuplicates();
    }

    @Test
    void filesPluginsAndDatabasesWorkTogether() throws Exception {
        house = new House(directory, 1);
        house.dropPlugins();
        Path orders = Files.createDirectories(house.path().resolve("data/orders"));
        Files.writeString(orders.resolve("one.csv"), "id,city,amount\n1,Bern,5\n2,Oslo,50\n3,Rome,70\n");
        house.save(
                "base/orders.yaml",
                "snakepipe.source.file~orders: {directory: orders, pattern: '*.csv', format: csv, key.field: id}",
                "snakepipe.transform.core~orders: {filter: 'amount >= 10', fields: [id, city]}",
                "snakepipe.sink.jdbc~orders:",
                "  datasource: snakepipe.datasource~warehouse",
                "  table: orders",
                "  columns: [id varchar(16), city varchar(40)]",
                "  key: [id]",
                "snakepipe.sink.file~orders: {path: out/orders.ndjson}",
                "snakepipe.pipeline~orders:",
                "  source: snakepipe.source.file~orders",
                "  transforms: [snakepipe.transform.core~orders]",
                "  sinks: [snakepipe.sink.jdbc~orders, snakepipe.sink.file~orders]");
        house.run("prod");

        house.awaitPipeline("orders", "has read all", one -> House.number(one, "total") == 3);
        assertThat(Files.readString(house.path().resolve("data/out/orders.ndjson")))
                .contains("Oslo", "Rome")
                .doesNotContain("Bern");
        house.stop();
        assertThat(Warehouse.ids(house.path(), "warehouse-global", "sa", "", "orders"))
                .containsExactly("2", "3");
    }

    @Test
    void itSaysHowItIs() throws Exception {
        house = new House(directory, DOCUMENTS);
        Files.writeString(house.path().resolve("data/inbox/bad.json"), "{\"id\": \"bad\"}");
        house.run("prod-eu-green");

        Map<String, Object> demo =
                house.awaitPipeline("demo", "has read all", one -> House.number(one, "total") == DOCUMENTS + 1);
        assertThat(demo).containsEntry("state", "RUNNING").containsEntry("rejected", 1);
        assertThat(House.number(demo, "written")).isGreaterThan(DOCUMENTS);
        assertThat(Files.readString(house.path().resolve("data/quarantine/eu_green.ndjson")))
                .contains("bad");
        assertThat(house.ask("status"))
                .contains("environment prod-eu-green, generation 1", "last change APPLIED", "waits for");
        assertThat(house.path().resolve("data/log/snakepipe.log")).isNotEmptyFile();
    }
}
