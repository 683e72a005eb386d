// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;

class CoreTransformTest {
    private record Settings(String filter, String compute, String[] rename, String[] fields)
            implements CoreTransform.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return CoreTransform.Config.class;
        }
    }

    private static CoreTransform transform(String filter, String compute) {
        return transform(filter, compute, new String[0], new String[0]);
    }

    private static CoreTransform transform(String filter, String compute, String[] rename, String[] fields) {
        return new CoreTransform(new Settings(filter, compute, rename, fields));
    }

    private static List<Record> run(CoreTransform transform, Record record) throws Exception {
        List<Record> results = new ArrayList<>();
        transform.open(null).apply(record, results::add);
        return results;
    }

    private static Object compute(String expression, Record record) throws Exception {
        return run(transform("", "x = " + expression), record).get(0).value().get("x");
    }

    private static final Record METHOD = Record.of(Map.of(
                    "kind",
                    "method",
                    "name",
                    "run",
                    "complexity",
                    9,
                    "tags",
                    List.of("a", "b"),
                    "at",
                    Map.of("line", 7)))
            .withMeta("file", "X.java")
            .withKey("k1");

    @Test
    void keepsWhatTheFilterWants() throws Exception {
        assertThat(run(transform("kind == 'method' && complexity >= 8", ""), METHOD))
                .containsExactly(METHOD);
        assertThat(run(transform("kind == 'method' && complexity > 9", ""), METHOD))
                .isEmpty();
        assertThat(run(transform("missing == null && empty(missing)", ""), METHOD))
                .hasSize(1);
        assertThat(run(transform("kind =~ 'meth.*' or name =^ 'x'", ""), METHOD))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "complexity * 2 + 1|19",
                "complexity > 8 ? 'hot' : 'cool'|hot",
                "at.line|7",
                "meta.file|X.java",
                "key|k1",
                "text:upper(name)|RUN",
                "text:lower('ABC')|abc",
                "text:trim('  a ')|a",
                "text:part(name, 1, 99)|un",
                "text:last('a/b/c', '/')|c",
                "text:last('abc', '/')|abc",
                "text:join(tags, '+')|a+b",
                "number:round(2.345, 1)|2.3",
                "number:parse(' 12.5 ')|12.5",
                "size(tags)|2",
            })
    void computes(String expression, String result) throws Exception {
        assertThat(compute(expression, METHOD)).asString().isEqualTo(result);
    }

    @Test
    void functionsPassNullOn() throws Exception {
        for (String call : List.of(
                "text:upper(no)",
                "text:lower(no)",
                "text:trim(no)",
                "text:part(no, 0, 1)",
                "text:last(no, '/')",
                "text:join(no, ',')",
                "number:round(no, 1)",
                "number:parse(no)")) {
            assertThat(compute(call, METHOD)).as(call).isNull();
        }
    }

    @Test
    void laterAssignmentsSeeEarlierOnes() throws Exception {
        Record result = run(transform("", "a = complexity + 1; b = a * 2; s = 'x;y=z'"), METHOD)
                .get(0);

        assertThat(result.value()).containsEntry("a", 10).containsEntry("b", 20).containsEntry("s", "x;y=z");
        assertThat(result.key()).contains("k1");
    }

    @Test
    void renamesAndSelectsInOrder() throws Exception {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("a", 1);
        value.put("b", 2);
        value.put("c", 3);
        CoreTransform transform = transform("", "", new String[] {"a=z", "none=x"}, new String[] {"c", "z", "missing"});

        assertThat(run(transform, Record.of(value)).get(0).value().toString()).isEqualTo("{c=3, z=1, missing=null}");
    }

    @Test
    void listsAndMapsBecomeFields() throws Exception {
        assertThat(compute("[1, 'a', true]", METHOD)).isEqualTo(List.of(1, "a", true));
        assertThat(compute("{'a': 1, 'b': [2]}", METHOD)).isEqualTo(Map.of("a", 1, "b", List.of(2)));
        assertThat(compute("1.5b", METHOD)).isEqualTo(new BigDecimal("1.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.getClass()",
                "''.class.forName('java.lang.Runtime')",
                "new('java.io.File', '/')",
                "x = 1",
                "complexity += 1",
                "while (true) {}",
                "for (a : tags) a",
                "() -> 1",
                "var y = 1",
                "1; 2",
                "name.toUpperCase()",
                "#pragma jexl.x 1",
            })
    void whatCouldReachFurtherIsNoExpression(String expression) {
        assertThatThrownBy(() -> transform(expression, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("filter: '" + expression + "' cannot be understood: ");
    }

    @Test
    void theClassOfAValueIsOutOfReach() {
        for (String expression : List.of("name.class", "name['class']", "tags.class.classLoader")) {
            assertThatThrownBy(() -> compute(expression, METHOD)).as(expression).isInstanceOf(RejectedRecords.class);
        }
    }

    @Test
    void namesEveryProblemOfTheSettings() {
        assertThatThrownBy(() -> transform("a >", "x; = 2; y = (", new String[] {"a", "b=c", "b=d"}, new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter: 'a >' cannot be understood: column ")
                .hasMessageContaining("compute: 'x' sets no field (allowed: name = expression; other = expression)")
                .hasMessageContaining("compute: '= 2' sets no field")
                .hasMessageContaining("compute y: '(' cannot be understood: ")
                .hasMessageContaining("rename: 'a' names no two fields (allowed: old=new)")
                .hasMessageContaining("rename: 'b' is renamed twice");
    }

    @Test
    void refusesAnEndlessExpression() {
        assertThatThrownBy(() -> transform("a".repeat(5000), ""))
                .hasMessage("filter: has 5000 characters (allowed: at most 4096)");
    }

    @Test
    void aFilterMustGiveTrueOrFalse() {
        assertThatThrownBy(() -> run(transform("complexity", ""), METHOD))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("filter: 'complexity' gives Integer (allowed: true or false)");
        assertThatThrownBy(() -> run(transform("missing", ""), METHOD))
                .hasMessageContaining("filter: 'missing' gives null (allowed: true or false)");
    }

    @Test
    void rejectsARecordWhoseFieldsWouldFillTheMemory() {
        assertThatThrownBy(() -> run(transform("", "a = 'x'" + "; a = a + a".repeat(40)), METHOD))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("the text is longer than 4194304 characters");
        assertThatThrownBy(() -> run(transform("", "a = 3H" + "; a = a * a".repeat(40)), METHOD))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("precision exceeded");
    }

    @Test
    void whatFailsForARecordRejectsIt() {
        assertThatThrownBy(() -> compute("complexity + missing", METHOD))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("compute x: 'complexity + missing' fails: column ");
        assertThatThrownBy(() -> compute("number:round(1, 1000)", METHOD)).isInstanceOf(RejectedRecords.class);
        assertThatThrownBy(() -> compute("1 .. 3", METHOD))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("(allowed: text, numbers, booleans, times, lists and maps)");
    }
}
