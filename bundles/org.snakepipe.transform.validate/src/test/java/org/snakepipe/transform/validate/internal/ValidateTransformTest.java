// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.api.testing.Configs;

class ValidateTransformTest {
    private static TransformStage stage(String required, String... types) {
        ValidateTransform.Config config = Configs.of(
                ValidateTransform.Config.class,
                "required",
                required.isEmpty() ? Configs.texts() : required.split(","),
                "types",
                types);
        return new ValidateTransform(config).open(null);
    }

    private static List<Record> pass(TransformStage stage, Record record) throws Exception {
        List<Record> passed = new ArrayList<>();
        stage.apply(record, passed::add);
        return passed;
    }

    @Test
    void whatIsAsItMustBePassesUntouched() throws Exception {
        Record record = Record.of(Map.of("id", "a", "at", Map.of("line", 7), "tags", List.of(), "ok", false));

        assertThat(pass(
                        stage("id,at.line", "at.line:number", "tags:list", "ok:boolean", "at:object", "more:string"),
                        record))
                .containsExactly(record);
        assertThat(pass(stage(""), Record.of(Map.of()))).hasSize(1);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Map<String, Object> value = new HashMap<>();
        value.put("id", "");
        value.put("none", null);
        value.put("at", "x");
        value.put("size", "12");

        assertThatThrownBy(() -> pass(stage("id,none,at.line,absent", "size:number", "at:object"), Record.of(value)))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("id is empty; none is missing; at.line is missing; absent is missing")
                .hasMessageContaining("size is a string (allowed: number); at is a string (allowed: object)");
    }

    @Test
    void saysWhichTypeItCannotUnderstand() {
        assertThatThrownBy(() -> stage("", "size:numbr", "size", ":number"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "'size:numbr' is no field with a type" + " (allowed: path:string|number|boolean|list|object)")
                .hasMessageContaining("'size' is no field")
                .hasMessageContaining("':number' is no field");
    }
}
