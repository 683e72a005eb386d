// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.schema.Schemas.texts;
import static org.snakepipe.schema.Schemas.values;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

class ReferenceCheckTest {
    private static final String PIPELINE = "<AD id='source' type='String' sp:ref='snakepipe.source.'/>"
            + "<AD id='sinks' type='String' cardinality='9' sp:ref='snakepipe.sink.'/>"
            + "<AD id='on.error' type='String' default='stop' sp:ref='snakepipe.sink.' sp:ref-or='stop skip'/>";

    private final Map<ConfigId, Map<String, ConfigValue>> candidate = new TreeMap<>();
    private final Map<String, Schema> schemas = new HashMap<>();

    @BeforeEach
    void configure() {
        schema("p", PIPELINE);
        schema("snakepipe.source.file", "");
        schema("snakepipe.sink.file", "");
        schema("snakepipe.sink.jdbc", "<AD id='datasource' type='String' sp:ref='snakepipe.datasource'/>");
        schema("snakepipe.datasource", "");
        put("snakepipe.source.file~inbox");
        put("snakepipe.sink.file~quarantine");
        put("snakepipe.sink.jdbc~rows", "datasource", "snakepipe.datasource~warehouse");
        put("snakepipe.datasource~warehouse");
    }

    @Test
    void findsWhoNamesWhom() {
        pipeline("snakepipe.source.file~inbox", "snakepipe.sink.jdbc~rows, snakepipe.sink.file~quarantine", "skip");

        References references = check();

        assertThat(references.problems()).isEmpty();
        assertThat(references.waiting()).isEmpty();
        assertThat(references.named())
                .containsEntry(
                        id("p~one"),
                        Set.of(
                                id("snakepipe.sink.file~quarantine"),
                                id("snakepipe.sink.jdbc~rows"),
                                id("snakepipe.source.file~inbox")))
                .containsEntry(id("snakepipe.sink.jdbc~rows"), Set.of(id("snakepipe.datasource~warehouse")));
    }

    @Test
    void refusesWhatNobodyConfigures() {
        pipeline("snakepipe.source.file~inbx", "snakepipe.sink.file~quarantine, snakepipe.sink.jdbc~rosw", "stop");

        assertThat(texts(check().problems()))
                .containsExactly(
                        "ref.unknown 1: source = snakepipe.source.file~inbx names a configuration that is not there"
                                + " (allowed: the id of a configuration of snakepipe.source.*);"
                                + " did you mean 'snakepipe.source.file~inbox'?",
                        "ref.unknown 2: sinks, element 2 = snakepipe.sink.jdbc~rosw names a configuration that is not"
                                + " there (allowed: the id of a configuration of snakepipe.sink.*);"
                                + " did you mean 'snakepipe.sink.file~quarantine, snakepipe.sink.jdbc~rows'?");
    }

    @Test
    void refusesIdsOfOtherFamiliesAndWhatIsNoId() {
        pipeline("snakepipe.sink.file~quarantine", "in box, quarantine", "Skip");

        assertThat(check().problems())
                .extracting(Problem::code)
                .containsExactly("ref.family", "ref.syntax", "ref.family", "ref.family");
        assertThat(check().problems().get(0).fixes()).isEmpty();
        assertThat(check().problems().get(2).fixes())
                .containsExactly(Fix.replace("in box, snakepipe.sink.file~quarantine"));
        assertThat(check().problems().get(3).fixes()).containsExactly(Fix.replace("skip"));
        assertThat(check().problems().get(3).message())
                .isEqualTo(
                        "on.error = Skip names a configuration of Skip, which has no place there (allowed: stop, skip,"
                                + " the id of a configuration of snakepipe.sink.*)");
    }

    @Test
    void letsWaitWhoNamesWhatNoPluginKnowsYet() {
        schemas.remove("snakepipe.datasource");
        pipeline("snakepipe.source.file~inbox", "snakepipe.sink.jdbc~rows", "stop");

        References references = check();

        assertThat(texts(references.problems()))
                .containsExactly("ref.waiting 1: datasource = snakepipe.datasource~warehouse waits: no plugin knows"
                        + " snakepipe.datasource yet");
        assertThat(references.problems()).noneMatch(Problem::isError);
        assertThat(references.waiting())
                .containsEntry(id("snakepipe.datasource~warehouse"), "no plugin knows snakepipe.datasource yet")
                .containsEntry(id("snakepipe.sink.jdbc~rows"), "it names snakepipe.datasource~warehouse, which waits")
                .containsEntry(id("p~one"), "it names snakepipe.sink.jdbc~rows, which waits")
                .hasSize(3);
    }

    @Test
    void saysThatAnIdIsMissingEvenIfNoPluginKnowsItsPid() {
        pipeline("snakepipe.source.kafka~orders", "snakepipe.sink.file~quarantine", "stop");

        assertThat(check().problems()).extracting(Problem::code).containsExactly("ref.unknown");
    }

    @Test
    void passesOverWhatIsNotThereYet() {
        put(
                "p~one",
                "source",
                new Deferred("$[env:SOURCE]", false),
                "sinks",
                List.of("snakepipe.sink.file~quarantine", new Deferred("$[env:SINK]", false)));

        assertThat(check().problems()).isEmpty();
    }

    @Test
    void endsWhereConfigurationsNameEachOther() {
        schema("c", "<AD id='next' type='String' sp:ref='c x.'/>");
        put("c~one", "next", "c~two");
        put("c~two", "next", "c~one");
        put("c~three", "next", "x.y");
        put("x.y");

        assertThat(check().waiting()).containsOnlyKeys(id("x.y"), id("c~three"));
    }

    private void pipeline(String source, String sinks, String onError) {
        put("p~one", "source", source, "sinks", sinks, "on.error", onError);
    }

    private void put(String id, Object... keysAndValues) {
        candidate.put(id(id), values(keysAndValues));
    }

    private void schema(String pid, String attributes) {
        schemas.put(pid, Schemas.of(pid, "", attributes));
    }

    private References check() {
        return ReferenceCheck.check(candidate, schemas);
    }

    private static ConfigId id(String text) {
        return ConfigId.parse(text);
    }
}
