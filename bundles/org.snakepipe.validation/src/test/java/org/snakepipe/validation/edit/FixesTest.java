// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.WrittenFile;

class FixesTest {
    private static final String CFG = "base/a.b.cfg";
    private static final String CFG_JSON = "base/a.b.cfg.json";
    private static final String JSON = "base/x.json";
    private static final String YAML = "base/x.yaml";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is wrong with a key, where it is written. */
    private static Problem problem(String path, String text, String key, Fix... fixes) {
        WrittenFile file = WrittenFile.read(path, bytes(text)).orElseThrow();
        Map<String, ConfigValue> values = file.values().get(ConfigId.parse("a.b"));
        Origin at = values.containsKey(key) ? values.get(key).origin() : new Origin("base", path, 0, 0);
        return Problem.error("key.wrong", "wrong")
                .id(ConfigId.parse("a.b"))
                .key(key)
                .at(at)
                .fixes(List.of(fixes))
                .build();
    }

    private static String mended(String path, String text, String key, Fix... fixes) {
        Problem problem = problem(path, text, key, fixes);
        Edited edited = Fixes.apply(path, bytes(text), List.of(problem));
        assertThat(edited.isChanged()).as(text).isTrue();
        assertThat(edited.applied()).containsExactly(problem);
        assertThat(edited.left()).isEmpty();
        return new String(edited.content(), StandardCharsets.UTF_8);
    }

    private static void assertLeft(String path, String text, String key, Fix... fixes) {
        Problem problem = problem(path, text, key, fixes);
        byte[] content = bytes(text);
        Edited edited = Fixes.apply(path, content, List.of(problem));
        assertThat(edited.content()).isSameAs(content);
        assertThat(edited.left()).containsExactly(problem);
    }

    @Test
    void renamesInPropertiesAndTouchesNothingElse() {
        assertThat(mended(CFG, "\uFEFF# c\r\n  siez:4 \r\n!x = y\r\nz = 1", "siez", Fix.rename("size")))
                .isEqualTo("\uFEFF# c\r\n  size:4 \r\n!x = y\r\nz = 1");
        assertThat(mended(CFG, "si\\\n  ez = 4\nb=c\n", "siez", Fix.rename("si ze")))
                .isEqualTo("si\\ ze = 4\nb=c\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "k = old|new|k = new",
                "k=old|new|k=new",
                "k old|=new|k \\=new",
                "k =|new|k = new",
                "k=|new|k=new",
                "k|new|k = new",
                "k = a,  b ,c|a, bb, c|k = a,  bb ,c",
                "k = a\\\\x|c:\\dir\\x, y|k = c:\\\\dir\\\\x, y",
                "k = a|b\\, c, d|k = b\\, c, d",
                "k = $[env:AA]|$[env:AB]|k = $[env:AB]",
            })
    void replacesInProperties(String before, String value, String after) {
        assertThat(mended(CFG, "# c\n" + before + "\nz = 1\n", "k", Fix.replace(value)))
                .isEqualTo("# c\n" + after + "\nz = 1\n");
    }

    @Test
    void keepsContinuedLinesWhenOneElementIsReplaced() {
        assertThat(mended(CFG, "k = one, \\\n    tow, \\\n    three\n", "k", Fix.replace("one, two, three")))
                .isEqualTo("k = one, \\\n    two, \\\n    three\n");
        assertThat(mended(CFG, "k = one, \\\n    tow\n", "k", Fix.replace(" tab\tend ")))
                .isEqualTo("k = \\ tab\\tend\\ \n");
    }

    @Test
    void removesWholeLinesOfProperties() {
        assertThat(mended(CFG, "# c\nk = a \\\n  b\n# d\nz = 1", "k", Fix.remove()))
                .isEqualTo("# c\n# d\nz = 1");
        assertLeft(CFG, "k = a", "k", Fix.remove());
    }

    @Test
    void addsAtTheEndAsTheOthersAreWritten() {
        assertThat(mended(CFG, "z = 1\r\n# c", "k", Fix.add("k", "a b"))).isEqualTo("z = 1\r\n# c\r\nk = a b\r\n");
        assertThat(mended(CFG, "z=1\n", "k", Fix.add("k", "a"))).isEqualTo("z=1\nk=a\n");
        assertThat(mended(CFG_JSON, "{\n  \"z\": 1 // c\n}\n", "k", Fix.add("k", "a")))
                .isEqualTo("{\n  \"z\": 1, // c\n  \"k\": \"a\"\n}\n");
        assertThat(mended(CFG_JSON, "{}", "k", Fix.add("k", "a"))).isEqualTo("{\"k\": \"a\"}");
        assertThat(mended(JSON, "{\"a.b\": {\"z\": 1}}", "k", Fix.add("k", "\"")))
                .isEqualTo("{\"a.b\": {\"z\": 1, \"k\": \"\\\"\"}}");
        assertThat(mended(YAML, "a.b:\n    z: 1 # c\n# d\nc.d:\n    e: 1\n", "k", Fix.add("k", "a: b")))
                .isEqualTo("a.b:\n    z: 1 # c\n    k: 'a: b'\n# d\nc.d:\n    e: 1\n");
        assertThat(mended(YAML, "a.b:\nc.d:\n  e: 1\n", "k", Fix.add("k", "v")))
                .isEqualTo("a.b:\n  k: v\nc.d:\n  e: 1\n");
        assertThat(mended(YAML, "a.b: {z: 1}\n", "k", Fix.add("k", "a, b"))).isEqualTo("a.b: {z: 1, k: 'a, b'}\n");
    }

    @Test
    void mendsJson() {
        String text = "// c\n{\n  \"a.b\": { /* d */ \"siez:Integer\": 500, \"n\": [1, \"tow\"] }\n}";

        assertThat(mended(JSON, text, "siez", Fix.rename("size")))
                .isEqualTo(text.replace("\"siez:Integer\"", "\"size:Integer\""));
        assertThat(mended(JSON, text, "siez", Fix.replace("100"))).isEqualTo(text.replace("500", "100"));
        assertThat(mended(JSON, text, "n", Fix.replace("1, two"))).isEqualTo(text.replace("tow", "two"));
        assertThat(mended(JSON, text, "n", Fix.remove()))
                .isEqualTo("// c\n{\n  \"a.b\": { /* d */ \"siez:Integer\": 500 }\n}");
        assertThat(mended(JSON, text, "siez", Fix.remove()))
                .isEqualTo("// c\n{\n  \"a.b\": { /* d */ \"n\": [1, \"tow\"] }\n}");
        assertThat(mended(CFG_JSON, "{\r\n\t\"k\": \"a\\u0041\\n\",\r\n\t\"z\": 1\r\n}", "k", Fix.replace("\\x\"")))
                .isEqualTo("{\r\n\t\"k\": \"\\\\x\\\"\",\r\n\t\"z\": 1\r\n}");
        assertThat(mended(CFG_JSON, "{\n  \"k\": 1,\n  \"z\": 1\n}", "k", Fix.remove()))
                .isEqualTo("{\n  \"z\": 1\n}");
        assertThat(mended(CFG_JSON, "{\n  \"z\": 1, // c\n  \"k\": 1\n}", "k", Fix.remove()))
                .isEqualTo("{\n  \"z\": 1 // c\n}");
        assertThat(mended(CFG_JSON, "{\"k\": 1 /* c */, \"z\": 1}", "k", Fix.remove()))
                .isEqualTo("{ /* c */ \"z\": 1}");
        assertThat(mended(CFG_JSON, "{\"k\": 5}", "k", Fix.replace("5s"))).isEqualTo("{\"k\": \"5s\"}");
    }

    @Test
    void mendsYaml() {
        String text = "# \uD83D\uDC0D\na.b:  # c\n  log:\n    levl: info   # d\n  'q': 'it''s'\n  d: \"x\"\n"
                + "  list:\n    - one\n    - tow  # e\n  flow: [a, b]\n\n# f\nc.d:\n  e: |\n    text\n";

        assertThat(mended(YAML, text, "log.levl", Fix.rename("log.level"))).isEqualTo(text.replace("levl", "level"));
        assertThat(mended(YAML, text, "log.levl", Fix.replace("WARN"))).isEqualTo(text.replace("info", "WARN"));
        assertThat(mended(YAML, text, "log.levl", Fix.replace("a: b"))).isEqualTo(text.replace("info", "'a: b'"));
        assertThat(mended(YAML, text, "q", Fix.replace("that's"))).isEqualTo(text.replace("it''s", "that''s"));
        assertThat(mended(YAML, text, "d", Fix.replace("y\"z"))).isEqualTo(text.replace("\"x\"", "\"y\\\"z\""));
        assertThat(mended(YAML, text, "list", Fix.replace("one, two"))).isEqualTo(text.replace("tow", "two"));
        assertThat(mended(YAML, text, "flow", Fix.replace("a, {b}"))).isEqualTo(text.replace("[a, b]", "[a, '{b}']"));
        assertThat(mended(YAML, text, "list", Fix.remove()))
                .isEqualTo(text.replace("  list:\n    - one\n    - tow  # e\n", ""));
        assertThat(mended(YAML, text, "flow", Fix.remove())).isEqualTo(text.replace("  flow: [a, b]\n", ""));
        assertThat(mended(YAML, text, "d", Fix.replace("null"))).isEqualTo(text.replace("\"x\"", "\"null\""));
        assertThat(mended(YAML, "a.b: {x: 1, k: 2, y: 3}", "k", Fix.remove())).isEqualTo("a.b: {x: 1, y: 3}");
    }

    @Test
    void leavesWhatYamlRepeatsOrQuotesAsABlock() {
        assertLeft(YAML, "a.b: &x\n  k: 1\nc.d: *x\n", "k", Fix.replace("2"));
        assertLeft(YAML, "a.b:\n  k: &y 1\n  z: *y\n", "k", Fix.replace("2"));
        assertLeft(YAML, "a.b:\n  k: |\n    1\n  z: 1\n", "k", Fix.replace("2"));
        assertLeft(YAML, "a.b:\n  log:\n    k: 1\n", "log.k", Fix.remove());
        assertLeft(YAML, "a.b:\n  log:\n    k: 1\n", "log.k", Fix.rename("level"));
    }

    @Test
    void leavesWhatIsAmbiguousOrAGuess() {
        String text = "k = 1\nz = 2\n.p = 3\nw = $[env:X]\n";

        assertLeft(CFG, text, "k");
        assertLeft(CFG, text, "k", Fix.rename("a"), Fix.rename("b"));
        assertLeft(CFG, text, "k", Fix.rename("Z"));
        assertLeft(CFG, text, "k", Fix.replaceAsElsewhere("2"));
        assertLeft(CFG, text, "w", Fix.replace("2"));
        assertLeft(CFG, text, ".p", Fix.replace("2"));
        assertLeft(CFG, text, "k", Fix.rename(".q"));
        assertLeft(CFG, text, "new", Fix.add("new", ""));
        assertLeft(CFG, text, "new", Fix.add("z", "1"));
        assertThat(mended(CFG, text, "k", Fix.replace("5"), Fix.replaceAsElsewhere("2")))
                .startsWith("k = 5\n");
    }

    @Test
    void leavesAMissingKeyWhoseValueOthersHave() {
        Problem problem = Problem.error("key.missing", "k is required and missing")
                .id(ConfigId.parse("a.b"))
                .key("k")
                .at(new Origin("", CFG, 0, 0))
                .fixes(List.of(Fix.add("k", "v")))
                .build();

        assertThat(Fixes.apply(CFG, bytes("z = 1\n"), List.of(problem)).left()).containsExactly(problem);
    }

    @Test
    void leavesSecretsThatASchemaKnows() {
        String text = "token = 1\ntokne = 1\n";
        KnownKeys known = new KnownKeys() {
            @Override
            public Set<String> keys(String pid) {
                return Set.of("token");
            }

            @Override
            public Set<String> singletons() {
                return Set.of(pidOf());
            }

            private String pidOf() {
                return "a.b";
            }

            @Override
            public boolean isSecret(String pid, String key) {
                return pid.equals(pidOf()) && key.equals("token");
            }
        };
        List<Problem> problems = List.of(problem(CFG, text, "token", Fix.replace("2")));

        assertThat(Fixes.apply(CFG, bytes(text), problems, known, content -> Map.of())
                        .left())
                .isEqualTo(problems);
    }

    @Test
    void removesTheSecondOfTwoLinesAndKeepsTheFirst() {
        String text = "k = 1\n# c\nk = 2\nz = 3\n";
        List<Problem> problems =
                WrittenFile.read(CFG, bytes(text)).orElseThrow().problems();

        Edited edited = Fixes.apply(CFG, bytes(text), problems);

        assertThat(edited.content()).asString().isEqualTo("k = 1\n# c\nz = 3\n");
    }

    @Test
    void mendsManyProblemsAtOnceAndReportsTheOthers() {
        String text = "# 1\nsiez = 4\n# 2\nk = 500\ngone = 1\nz = 1\n";
        List<Problem> problems = new ArrayList<>();
        problems.add(problem(CFG, text, "siez", Fix.rename("size")));
        problems.add(problem(CFG, text, "z"));
        problems.add(problem(CFG, text, "k", Fix.replace("100")));
        problems.add(problem(CFG, text, "gone", Fix.remove()));
        problems.add(problem(CFG, text, "new", Fix.add("new", "x")));
        problems.add(problem(JSON, "{\"a.b\": {\"j\": 1}}", "j", Fix.remove()));

        Edited edited = Fixes.apply(CFG, bytes(text), problems);

        assertThat(edited.content()).asString().isEqualTo("# 1\nsize = 4\n# 2\nk = 100\nz = 1\nnew = x\n");
        assertThat(edited.applied()).hasSize(4).doesNotContain(problems.get(1), problems.get(5));
        assertThat(edited.left()).containsExactly(problems.get(1), problems.get(5));
    }

    @Test
    void undoesWhatDoesNotMakeItBetter() {
        String text = "a = 1\nb = 2\n";
        List<Problem> problems =
                List.of(problem(CFG, text, "a", Fix.replace("x")), problem(CFG, text, "b", Fix.replace("y")));

        Edited edited = Fixes.apply(
                CFG,
                bytes(text),
                problems,
                KnownKeys.NOTHING,
                content -> Map.of(
                        "dev",
                        new String(content, StandardCharsets.UTF_8).contains("y")
                                ? List.of(problems.get(0))
                                : problems));

        assertThat(edited.content()).asString().isEqualTo("a = 1\nb = y\n");
        assertThat(edited.left()).containsExactly(problems.get(0));
    }

    @Test
    void leavesAFileThatCannotBeRead() {
        byte[] broken = {'k', '=', (byte) 0xFF, '\n'};
        Problem problem = problem(CFG, "k = 1", "k", Fix.replace("2"));

        assertThat(Fixes.apply(CFG, broken, List.of(problem)).content()).isSameAs(broken);
        assertThat(Fixes.apply("README.md", broken, List.of(problem)).left()).hasSize(1);
    }

    @Test
    void mendsWhatDescribesAnEnvironment() {
        String text = "environment:\n  extends: prdo # c\n";
        Problem problem = Problem.error("environment.parent", "there is no environment prdo")
                .key("extends")
                .at(new Origin("environment x", "x.yaml", 2, 3))
                .fixes(List.of(Fix.replace("prod")))
                .build();

        assertThat(Fixes.apply("x.yaml", bytes(text), List.of(problem)).content())
                .asString()
                .isEqualTo("environment:\n  extends: prod # c\n");
    }
}
