// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.testing.Networknt;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaExportTest {
    private static final String PIPELINE = """
            <AD id='source' type='String' name='Source' description='Where from.' sp:ref='s.source.'/>
            <AD id='sinks' type='String' cardinality='9' sp:ref='s.sink.'/>
            <AD id='batch.size' type='Integer' min='1' max='100' default='10' sp:live='true'/>
            <AD id='linger' type='Integer' min='0' max='60s' default='5ms' sp:unit='ms'/>
            <AD id='level' type='String' default='info'><Option value='info'/><Option value='debug'/></AD>
            <AD id='user' type='String' required='false' sp:requires='password'/>
            <AD id='password' type='Password' required='false'/>
            <AD id='name' type='String' required='false' sp:pattern='[a-z]+' sp:length-max='8' sp:conflicts='user'/>
            """;
    private static final Schema SCHEMA =
            Schemas.of("s.pipeline", "name='Pipeline' description='Moves records.'", PIPELINE);
    private static final Schema SINGLE =
            single("s.monitor", "<AD id='port' type='Integer' sp:format='port' default='80'/>");

    private static Schema single(String pid, String attributes) {
        Schema factory = Schemas.of(pid, "", attributes);
        return new Schema(pid, false, "", "", factory.attributes());
    }

    private static Map<?, ?> property(Extent extent, String key) {
        return (Map<?, ?>) ((Map<?, ?>) JsonSchemaExport.of(SCHEMA, extent).get("properties")).get(key);
    }

    @Test
    void saysWhatPeopleAndEditorsWantToKnow() {
        Map<String, Object> whole = JsonSchemaExport.of(SCHEMA, Extent.WHOLE);

        assertThat(whole)
                .containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema")
                .containsEntry("$id", "urn:snakepipe:s.pipeline")
                .containsEntry("title", "Pipeline")
                .containsEntry("description", "Moves records.")
                .containsEntry("required", List.of("sinks", "source"))
                .containsEntry("additionalProperties", false);
        assertThat(property(Extent.WHOLE, "linger").toString())
                .isEqualTo(
                        "{description=Allowed: 0ms to 60s. A bare number is in milliseconds. Default: 5ms, type=integer,"
                                + " minimum=0, maximum=60000, default=5, x-unit=ms}");
        assertThat(property(Extent.WHOLE, "source").toString())
                .startsWith("{title=Source, description=Where from.\n\nRequired. Allowed: the id of a configuration of"
                        + " s.source.*., type=string, pattern=^");
        assertThat(property(Extent.WHOLE, "batch.size").toString()).endsWith("default=10, x-live=true}");
        assertThat(property(Extent.WHOLE, "level").get("enum")).isEqualTo(List.of("info", "debug"));
        assertThat(property(Extent.WHOLE, "password").toString()).contains("writeOnly=true, x-secret=true");
    }

    @Test
    void demandsInTheWholeWhatAnotherLayerMayHave() {
        Map<String, Object> document = document("user", "x");

        assertThat(errors(SCHEMA, Extent.WHOLE, document))
                .containsExactlyInAnyOrder("required source", "required sinks", "required password");
        assertThat(errors(SCHEMA, Extent.LAYER, document)).isEmpty();
    }

    @Test
    void refusesInBothWhatIsNeverRight() {
        for (Extent extent : Extent.values()) {
            assertThat(errors(SCHEMA, extent, whole("batch.size", 0))).containsExactly("minimum batch.size");
            assertThat(errors(SCHEMA, extent, whole("batchsize", 1))).containsExactly("additionalProperties");
            assertThat(errors(SCHEMA, extent, whole("source", "s.sink.file~x"))).isNotEmpty();
            assertThat(errors(SCHEMA, extent, whole("sinks", List.of()))).contains("minItems sinks");
            assertThat(errors(SCHEMA, extent, whole("level", "verbose"))).isNotEmpty();
            assertThat(errors(SCHEMA, extent, whole("name", "a", "user", "b", "password", "c")))
                    .containsExactly("not");
        }
    }

    @Test
    void refusesBlanksWhereAValueHasToBe() {
        assertThat(errors(SCHEMA, Extent.WHOLE, whole("source", " "))).containsExactly("pattern source");
        assertThat(errors(SCHEMA, Extent.WHOLE, whole("sinks", List.of("")))).containsExactly("pattern 0");
        Schema paths = Schemas.of("<AD id='p' type='String' required='false' sp:format='path'/>");
        assertThat(errors(paths, Extent.WHOLE, document("p", ""))).containsExactly("minLength p");
    }

    @Test
    void takesInALayerWhatPeopleWrite() {
        Map<String, Object> document = document(
                "source", "s.source.$[env:KIND]~x",
                "sinks", "s.sink.file~x, s.sink.file~y",
                "batch.size", "$[env:BATCH;default=5]",
                "linger", "1s500ms",
                "name", 12,
                "password", "$[secret:p]");

        assertThat(errors(SCHEMA, Extent.LAYER, document)).isEmpty();
        assertThat(errors(SCHEMA, Extent.LAYER, document("linger", "5 s", "batch.size", "many")))
                .hasSize(2);
    }

    @Test
    void takesInALayerKeysWhoseWordsAreNested() {
        assertThat(errors(SCHEMA, Extent.LAYER, document("batch", Map.of("size", 5))))
                .isEmpty();
        assertThat(errors(SCHEMA, Extent.LAYER, document("batch", Map.of("size", 0))))
                .containsExactly("minimum size");
        assertThat(errors(SCHEMA, Extent.LAYER, document("batch", Map.of("sise", 5))))
                .containsExactly("additionalProperties batch");
        assertThat(errors(SCHEMA, Extent.WHOLE, whole("batch", Map.of("size", 5))))
                .containsExactly("additionalProperties");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$schema': 'x.json', 's.pipeline~a': {'batch.size': 5}, 's.monitor': {'port': '$[env:PORT]'}}",
                "{'environment': {'extends': 'a, b', 'protected': 'true', 'auto': {'apply': false}, 'unchecked.pids': ['x.y']}}",
                "{'properties': {'region': 'eu', 'deep': {'er': 1}}, 's.pipeline~a': null, 'com.example.other': {'a': {'b': 1}}}",
                "{':configurator:version': 1, 's.pipeline~a': {'batch.size:Integer': 5, ':configurator:policy': 'x'}}"
            })
    void takesFilesOfManyConfigurations(String document) {
        assertThat(fileErrors(document)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'s.pipeline': {'batch.size': 5}}",
                "{'s.monitor~a': {}}",
                "{'s.pipeline~a': {'batch.size': 101}}",
                "{'s.pipeline~a': 5}",
                "{'com.example.other': 'x'}",
                "{'environment': {'extend': 'a'}}",
                "{'environment': {'protected': 'yes'}}"
            })
    void refusesFilesThatAreWrong(String document) {
        assertThat(fileErrors(document)).isNotEmpty();
    }

    @Test
    void describesAWholeOfManyToo() {
        Networknt all = new Networknt(JsonSchemaExport.of(List.of(SCHEMA, SINGLE), Extent.WHOLE));

        assertThat(all.accepts(Map.of("s.pipeline~a", whole(), "s.monitor", Map.of(), "x.y", Map.of())))
                .isTrue();
        assertThat(all.accepts(Map.of("s.pipeline~a", Map.of()))).isFalse();
        assertThat(all.accepts(Map.of("environment", List.of()))).isFalse();
    }

    @Test
    void letsNobodyConfigureWhatIsReserved() {
        Schema reserved = Schemas.of("s.reserved", "sp:reserved='it is ours'", "<AD id='a' type='String'/>");

        assertThat(JsonSchemaExport.of(reserved, Extent.WHOLE))
                .containsEntry("description", "Belongs to the runtime: it is ours")
                .containsEntry("not", Map.of());
    }

    @Test
    void keepsDefaultsOfSecretsToItself() {
        Schema schema = Schemas.of("<AD id='p' type='Password' default='geheim'/>");

        assertThat(JsonSchemaExport.of(schema, Extent.LAYER).toString()).doesNotContain("geheim");
    }

    @Test
    void writesTheSameEachTime() {
        JsonMapper json = JsonMapper.shared();
        String first = json.writeValueAsString(JsonSchemaExport.of(List.of(SINGLE, SCHEMA), Extent.LAYER));

        assertThat(json.writeValueAsString(JsonSchemaExport.of(List.of(SCHEMA, SINGLE), Extent.LAYER)))
                .isEqualTo(first);
    }

    /** A right one, with these keys too. */
    private static Map<String, Object> whole(Object... keysAndValues) {
        Map<String, Object> document = document("source", "s.source.file~x", "sinks", List.of("s.sink.file~x"));
        document.putAll(document(keysAndValues));
        return document;
    }

    private static Map<String, Object> document(Object... keysAndValues) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            document.put((String) keysAndValues[index], keysAndValues[index + 1]);
        }
        return document;
    }

    private static List<String> errors(Schema schema, Extent extent, Map<String, Object> document) {
        List<String> errors = new ArrayList<>();
        for (Error error : new Networknt(JsonSchemaExport.of(schema, extent)).errors(document)) {
            String place = error.getInstanceLocation().toString().replaceAll(".*/", "");
            String what = error.getKeyword().equals("required") ? error.getProperty() : place;
            errors.add((error.getKeyword() + " " + what).strip());
        }
        return errors;
    }

    private static List<Error> fileErrors(String document) {
        Networknt files = new Networknt(JsonSchemaExport.of(List.of(SCHEMA, SINGLE), Extent.LAYER));
        return files.errors(JsonMapper.shared().readValue(document.replace('\'', '"'), Map.class));
    }
}
