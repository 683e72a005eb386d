// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

class FormatsTest {
    private static final String SINK = "snakepipe.sink.file~out";
    private static final String PIPELINE = "snakepipe.pipeline~demo";

    @Test
    void readsAWholePipelineFromOneYamlFile() {
        Resolution resolution = tree().file(
                        "base/demo.yaml",
                        "# a pipeline",
                        PIPELINE + ":",
                        "  source: in",
                        "  batch:",
                        "    size: 0100",
                        "    on: yes",
                        "  sinks: [a, 'b,c']",
                        "  text: |",
                        "    one",
                        "    two",
                        SINK + ":",
                        "  path: 'C:\\dir\\,x'",
                        "  empty: ''",
                        "snakepipe.monitor:")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.values().get(ConfigId.parse(PIPELINE)).keySet())
                .containsExactly("batch.on", "batch.size", "sinks", "source", "text");
        assertThat(raw(resolution, PIPELINE, "batch.size")).isEqualTo("0100");
        assertThat(raw(resolution, PIPELINE, "batch.on")).isEqualTo("yes");
        assertThat(raw(resolution, PIPELINE, "sinks")).isEqualTo(List.of("a", "b,c"));
        assertThat(raw(resolution, PIPELINE, "text")).isEqualTo("one\ntwo\n");
        assertThat(raw(resolution, SINK, "path")).as("as a schema reads it").isEqualTo("C:\\dir\\\\,x");
        assertThat(raw(resolution, SINK, "empty")).isEqualTo("");
        assertThat(resolution.values()).containsKey(ConfigId.parse("snakepipe.monitor"));
        assertThat(resolution
                        .values()
                        .get(ConfigId.parse(PIPELINE))
                        .get("batch.size")
                        .origin())
                .isEqualTo(new Origin("base", "base/demo.yaml", 5, 5));
    }

    @Test
    void passesOverTheSchemaThatEditorsRead() {
        Resolution resolution = tree().file("base.yaml", "$schema: ../s.json", PIPELINE + ":", "  source: in")
                .file("base/more.json", "{\"$schema\": \"../s.json\", \"" + SINK + "\": {\"path\": \"p\"}}")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.values().keySet()).containsExactly(ConfigId.parse(PIPELINE), ConfigId.parse(SINK));
    }

    @Test
    void readsTypedJson() {
        Resolution resolution = tree().file(
                        "base/" + SINK + ".cfg.json",
                        "/* typed */ {",
                        "  \":configurator:resource-version\": 1, // of the configurator",
                        "  \"port:Integer\": 8080,",
                        "  \"names:String[]\": [\"a\", \"b,c\"],",
                        "  \"one:String[]\": \"x\",",
                        "  \"long\": 5, \"truth\": true, \"ratio\": 0.5, \"list\": [1, 2],",
                        "  \"c:char\": \"x\", \"b:byte\": 1, \"s:Short\": 2, \"f:float\": 1.5, \"d:Double\": 2,",
                        "  \"t:String\": 7, \"set:Collection<Long>\": [1], \"any:Collection\": [1], \"w:Integer\":\"$[env:X;default=1]\"",
                        "}")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        Map<String, Object> expected = Map.ofEntries(
                Map.entry("port", 8080),
                Map.entry("names", List.of("a", "b,c")),
                Map.entry("one", List.of("x")),
                Map.entry("long", 5L),
                Map.entry("truth", true),
                Map.entry("ratio", 0.5),
                Map.entry("list", List.of(1L, 2L)),
                Map.entry("c", 'x'),
                Map.entry("b", (byte) 1),
                Map.entry("s", (short) 2),
                Map.entry("f", 1.5f),
                Map.entry("d", 2.0),
                Map.entry("t", "7"),
                Map.entry("set", List.of(1L)),
                Map.entry("any", List.of(1L)),
                Map.entry("w", "1"));
        expected.forEach(
                (key, value) -> assertThat(raw(resolution, SINK, key)).as(key).isEqualTo(value));
        assertThat(resolution.values().get(ConfigId.parse(SINK))).hasSameSizeAs(expected);
        assertThat(resolution.values().get(ConfigId.parse(SINK)).get("port").origin())
                .isEqualTo(new Origin("base", "base/" + SINK + ".cfg.json", 3, 3));
    }

    @Test
    void rejectsTypesThatDoNotFit() {
        assertThat(
                        json(
                                "{\"a:Integer\": 1.5, \"b:Byte\": 1e9999, \"c:Boolean\": \"yes\", \"d:Sting\": 1,"
                                        + " \"e:char\": \"xy\", \"f:Integer\": [1], \"g\": {\"h\": 1}, \"i\": null, \"j\": [[1]], \"k:Long\": \"x\"}"))
                .containsExactly("json.number");
        assertThat(
                        json(
                                "{\"a:Integer\": 1.5, \"b:Byte\": 300, \"c:Boolean\": \"yes\", \"d:Sting\": 1,"
                                        + " \"e:char\": \"xy\", \"f:Integer\": [1], \"g\": {\"h\": 1}, \"i\": null, \"j\": [[1]], \"k:Long\": \"x\"}"))
                .containsExactly(
                        "value.type",
                        "value.type",
                        "value.type",
                        "key.type",
                        "value.type",
                        "value.type",
                        "value.nested",
                        "value.empty",
                        "value.nested",
                        "value.type");
    }

    @Test
    void rejectsWhatIsNoJsonWithoutShowingIt() {
        Resolution resolution =
                tree().file("base/x.cfg.json", "{", "  \"a\": hunter2 }").resolve("dev");

        assertThat(texts(resolution)).hasSize(1);
        assertThat(texts(resolution).get(0))
                .startsWith("ERROR base/x.cfg.json:2: this is no JSON: a value is none (allowed: text in double quotes")
                .doesNotContain("hunter2");
        assertThat(json("[1]")).containsExactly("document.root");
        assertThat(json("{} {}")).containsExactly("document.several");
        assertThat(json("{")).containsExactly("json.syntax");
        assertThat(json("[".repeat(40))).containsExactly("document.depth");
    }

    @Test
    void readsJsonWithPids() {
        Resolution resolution = tree().file(
                        "base/all.json",
                        "{\":configurator:version\": \"1\", \"a.b~c\": {\"port:Integer\": 1, \"x\": {\"y\": \"z\"}}}")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "a.b~c", "port")).isEqualTo(1);
        assertThat(raw(resolution, "a.b~c", "x.y")).isEqualTo("z");
    }

    @Test
    void namesBothPlacesOfAKeyThatIsSetTwice() {
        assertThat(yaml("p:", "  a:", "    b: 1", "  A.B: 2", "  c: 1", "  c: 2"))
                .containsExactly(
                        "ERROR base/x.yaml:4: A.B is set twice, in line 3 and in line 4 (allowed: once); remove it",
                        "ERROR base/x.yaml:6: c is set twice, in line 5 and in line 6 (allowed: once); remove it");
        assertThat(yaml("p:", "  a: 1", "p:", "  b: 1"))
                .containsExactly("ERROR base/x.yaml:3: p is configured twice, in line 1 and in line 3 (allowed: once)");
    }

    @Test
    void tellsTwoPlacesInOneLineApart() {
        assertThat(yaml("p: {a: 1, A: 2}", "q: {}"))
                .containsExactly("ERROR base/x.yaml:1: A is set twice, in line 1, column 5, and in line 1, column 11"
                        + " (allowed: once); remove it");
        assertThat(yaml("{p: {a: 1}, p: {}}"))
                .containsExactly(
                        "ERROR base/x.yaml:1: p is configured twice, in line 1, column 2, and in line 1, column 13"
                                + " (allowed: once)");
        assertThat(texts(tree().file("prod.json", "{\"environment\": {}, \"environment\": {}}")
                        .resolve("prod")))
                .containsExactly("ERROR prod.json:1: environment is written twice, in line 1, column 2, and in line 1,"
                        + " column 21 (allowed: once)");
    }

    @Test
    void namesBothPlacesOfAConfigurationThatIsWrittenTwiceInOneLayer() {
        Resolution resolution = tree().file("base/p.cfg", "a = cfg")
                .file("base/x.yaml", "", "p:", "  a: yaml")
                .file("base.yaml", "p:", "  a: flat")
                .file("environments/prod/p.cfg", "a = prod")
                .resolve("dev");

        String twice = ": p is configured twice in this layer, here and in ";
        assertThat(texts(resolution))
                .containsExactly(
                        "ERROR base.yaml:1" + twice + "base/p.cfg (allowed: once)",
                        "ERROR base/p.cfg" + twice + "base.yaml:1 (allowed: once)",
                        "ERROR base/x.yaml:2" + twice + "base.yaml:1 (allowed: once)");
    }

    @Test
    void readsTheFlatForm() {
        ConfigTrees tree = tree().file("base.yaml", PIPELINE + ":", "  size: 1", "  name: base")
                .file(
                        "prod.yaml",
                        "environment:",
                        "  description: Production",
                        "  protected: true",
                        PIPELINE + ":",
                        "  size: 2")
                .file("eu.yaml", "environment:", "  extends: [prod]", PIPELINE + ":", "  name: eu")
                .file("local.json", "{\"" + PIPELINE + "\": {\"local\": true}}");

        Resolution resolution = tree.resolve("eu");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.environment())
                .isEqualTo(new Environment("eu", List.of("prod"), List.of("prod"), "", true, false, List.of()));
        assertThat(raw(resolution, PIPELINE, "size")).isEqualTo("2");
        assertThat(raw(resolution, PIPELINE, "name")).isEqualTo("eu");
        assertThat(raw(resolution, PIPELINE, "local")).isEqualTo(true);
        assertThat(resolution.values().get(ConfigId.parse(PIPELINE)).get("size").origin())
                .isEqualTo(new Origin("environment prod", "prod.yaml", 5, 3));
        assertThat(tree.environments().list().stream().map(Environment::name)).containsExactly("dev", "eu", "prod");
    }

    @Test
    void rejectsTheDescriptionOfAnEnvironmentInAWrongPlaceAndTwice() {
        String allowed = "(allowed: in NAME.yaml beside the directories; in environments/NAME/ write environment.cfg)";
        assertThat(texts(tree().file("base.yaml", "environment:", "  description: x")
                        .resolve("dev")))
                .containsExactly("ERROR base.yaml:1: environment describes an environment " + allowed);
        assertThat(texts(tree().file("environments/prod/x.yaml", "environment:").resolve("prod")))
                .containsExactly("ERROR environments/prod/x.yaml:1: environment describes an environment " + allowed);
        assertThat(texts(tree().file("prod.yaml", "environment:", "  description: x")
                        .file("environments/prod/environment.cfg", "description = y")
                        .resolve("prod")))
                .hasSize(2)
                .allMatch(text -> text.contains("environment prod is described twice, here and in "));
        assertThat(texts(
                        tree().file("prod.yaml", "environment:", "environment:").resolve("prod")))
                .containsExactly(
                        "ERROR prod.yaml:2: environment is written twice, in line 1 and in line 2 (allowed: once)");
    }

    @Test
    void passesOverTheDataDirectoriesOfKubernetes() {
        Resolution resolution = tree().file("base.yaml", "p:", "  a: 1")
                .file("..data/base.yaml", "p:", "  a: 1")
                .file("..2026_05_01_10_00_00.123/base.yaml", "p:", "  a: 1")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "p", "a")).isEqualTo("1");
    }

    @Test
    void repeatsAliasesUpToTheLimits() {
        Resolution resolution = tree().file(
                        "base/x.yaml", "p:", "  list: &l [a, b]", "  other: *l", "q: &q", "  k: 1", "r: *q")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "p", "other")).isEqualTo(List.of("a", "b"));
        assertThat(raw(resolution, "r", "k")).isEqualTo("1");

        String[] laughs = new String[10];
        laughs[0] = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]";
        for (int level = 1; level < laughs.length; level++) {
            laughs[level] = "a" + level + ": &a" + level + " [" + ("*a" + (level - 1) + ", ").repeat(10) + "]";
        }
        assertThat(codes(tree().file("base/x.yaml", laughs).resolve("dev"))).containsExactly("document.size");
        assertThat(yamlCodes("p: &p", "  a: *p")).containsExactly("yaml.alias");
        assertThat(yamlCodes("p:", "  a: *nowhere")).containsExactly("yaml.alias");
        assertThat(yamlCodes(
                        "p:", "  a: &a [" + "[".repeat(20) + "]".repeat(20) + "]", "  b: [[[[[[[[[[[[*a]]]]]]]]]]]]"))
                .containsExactly("document.depth");
    }

    @Test
    void rejectsYamlThatMeansNoConfiguration() {
        assertThat(yamlCodes("[".repeat(100_0))).containsExactly("document.depth");
        assertThat(yamlCodes("- a")).containsExactly("document.root");
        assertThat(yamlCodes("text")).containsExactly("document.root");
        assertThat(yamlCodes("p: 1")).containsExactly("pid.keys");
        assertThat(yamlCodes("a b:", "  c: 1")).containsExactly("pid.name");
        assertThat(yamlCodes("p:", "  a: !!int 1")).containsExactly("yaml.tag");
        assertThat(yamlCodes("p:", "  a: 1", "--- ", "q:", "  a: 1")).containsExactly("document.several");
        assertThat(yamlCodes("p:", "  ? [a]", "  : 1")).containsExactly("document.key");
        assertThat(yamlCodes("p:", "  '': 1")).containsExactly("document.key");
        assertThat(yamlCodes("p:", "  a:", "  b: ~", "  c: {}", "  d: [{e: 1}]", "  <<: {f: 1}"))
                .containsExactly("value.empty", "value.empty", "value.empty", "value.nested", "yaml.merge");
        assertThat(yaml("p:", "  a: 'x"))
                .singleElement()
                .asString()
                .startsWith("ERROR base/x.yaml:3: this is no YAML: ");
        assertThat(yamlCodes("# nothing")).isEmpty();
        assertThat(codes(tree().bytes("base/x.yaml", "p:\n  a: \"\uFFFE\"".getBytes(StandardCharsets.UTF_8))
                        .resolve("dev")))
                .containsExactly("yaml.syntax");
    }

    private static List<String> json(String text) {
        return codes(tree().file("base/x.cfg.json", text).resolve("dev"));
    }

    private static List<String> yaml(String... lines) {
        return texts(tree().file("base/x.yaml", lines).resolve("dev"));
    }

    private static List<String> yamlCodes(String... lines) {
        return codes(tree().file("base/x.yaml", lines).resolve("dev"));
    }

    private static List<String> codes(Resolution resolution) {
        assertThat(resolution.problems())
                .allMatch(problem -> problem.origin().orElseThrow().line() > 0);
        return resolution.problems().stream().map(Problem::code).toList();
    }
}
