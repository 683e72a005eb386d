// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.snakepipe.api.testing.Configs.texts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.testing.Candidate;

class PipelineRuleTest {
    private static final String ID = PipelineDefinition.PID + "~rows";
    private static final String A = "snakepipe.sink.file~a";
    private static final String B = "snakepipe.sink.file~b";
    private static final String X = "snakepipe.transform.core~x";

    @Test
    void acceptsWhatFitsTogether() {
        assertThat(check(Map.of("best.effort.sinks", texts(B), "on.error", A))).isEmpty();
        assertThat(check(Map.of("retry.min", 5L, "retry.max", 5L))).isEmpty();
        assertThat(new PipelineRule().check(new Candidate().with("other~x", Map.of())))
                .isEmpty();
    }

    @Test
    void wantsEachIdOnce() {
        assertThat(check(Map.of("sinks", texts(A, B, A, A)))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("pipeline.repeated");
            assertThat(problem.key()).contains("sinks");
            assertThat(problem.message()).isEqualTo("sinks: " + A + " is named twice (allowed: each id once)");
            assertThat(problem.fixes()).containsExactly(Fix.replace(A + ", " + B));
        });
        assertThat(check(Map.of("transforms", texts(X, X))))
                .extracting(Problem::code)
                .containsExactly("pipeline.repeated");
    }

    @Test
    void wantsASinkToBeRequiredOrNot() {
        assertThat(check(Map.of("best.effort.sinks", texts(A)))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("pipeline.both");
            assertThat(problem.fixes()).containsExactly(Fix.remove());
        });
        assertThat(check(Map.of("best.effort.sinks", texts(A, B))).get(0).fixes())
                .containsExactly(Fix.replace(B));
    }

    @Test
    void wantsRejectedRecordsToBeKept() {
        assertThat(check(Map.of("best.effort.sinks", texts(B), "on.error", B)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("pipeline.rejects");
                    assertThat(problem.message()).startsWith("on.error: " + B + " is one of best.effort.sinks");
                    assertThat(problem.fixes())
                            .as("only who wrote it knows where they are to go")
                            .isEmpty();
                });
    }

    @Test
    void wantsTheShortestWaitToBeTheShortest() {
        assertThat(check(Map.of("retry.min", 20_000L, "breaker.wait.max", 1L)))
                .extracting(Problem::code, Problem::message)
                .containsExactlyInAnyOrder(
                        tuple(
                                "pipeline.wait",
                                "retry.min = 20000 ms is more than retry.max = 10000 ms (allowed: at most as much)"),
                        tuple(
                                "pipeline.wait",
                                "breaker.wait.min = 1000 ms is more than breaker.wait.max = 1 ms (allowed: at most as"
                                        + " much)"));
    }

    @Test
    void passesOverWhatTheSchemaHasRefused() {
        assertThat(check(Map.of("retry.min", "soon"))).isEmpty();
        assertThat(new PipelineRule().check(new Candidate().with(ID, Map.of()))).isEmpty();
    }

    private static List<Problem> check(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>();
        all.put("sinks", texts(A));
        all.put("on.error", "quarantine");
        all.put("retry.min", 100L);
        all.put("retry.max", 10_000L);
        all.put("breaker.wait.min", 1_000L);
        all.put("breaker.wait.max", 60_000L);
        all.putAll(values);
        return new PipelineRule().check(new Candidate().with(ID, all));
    }
}
