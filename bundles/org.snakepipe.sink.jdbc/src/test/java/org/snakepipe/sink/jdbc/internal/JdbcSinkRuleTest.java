// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.api.testing.Configs.texts;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.testing.Candidate;

class JdbcSinkRuleTest {
    private static final String ID = JdbcSink.PID + "~rows";

    @Test
    void acceptsWhatFitsTogether() {
        assertThat(check(texts("id varchar(16)", "line=at.line integer"), texts("id"), "upsert", true))
                .isEmpty();
        assertThat(check(texts("id"), texts(), "insert", false)).isEmpty();
    }

    @Test
    void wantsAKeyForUpsert() {
        assertThat(check(texts("id integer", "x integer"), texts(), "upsert", true))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("jdbc.key");
                    assertThat(problem.key()).contains("key");
                    assertThat(problem)
                            .hasToString(ID + ": key: mode = upsert needs the columns of the key; add 'key = id'");
                });
        assertThat(check(texts("x integer"), texts(), "upsert", true).get(0).fixes())
                .isEmpty();
    }

    @Test
    void wantsKeysThatAreColumns() {
        assertThat(check(texts("id integer", "line integer"), texts("id", "lien"), "upsert", true))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).isEqualTo("key: 'lien' is no column (allowed: id, line)");
                    assertThat(problem.fixes()).containsExactly(Fix.replace("id, line"));
                });
    }

    @Test
    void wantsTypesWhereTheTableIsMade() {
        assertThat(check(texts("id", "a-b"), texts("id"), "upsert", true))
                .extracting(Problem::code)
                .containsExactly("jdbc.column", "jdbc.type");
    }

    @Test
    void passesOverWhatTheSchemaHasRefused() {
        assertThat(new JdbcSinkRule().check(new Candidate().with(ID, Map.of("columns", texts("?")))))
                .isEmpty();
        assertThat(new JdbcSinkRule().check(new Candidate().with("other~x", Map.of())))
                .isEmpty();
    }

    private static List<Problem> check(String[] columns, String[] key, String mode, boolean create) {
        return new JdbcSinkRule()
                .check(new Candidate()
                        .with(ID, Map.of("columns", columns, "key", key, "mode", mode, "create.table", create)));
    }
}
