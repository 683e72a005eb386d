// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.validation.ConfigValidator;
import org.snakepipe.validation.SchemaKeys;

/** The problems that the checks find, in files of each format. */
class FixesAfterValidationTest {
    private static final Schema SCHEMA = new Schema(
            "a.b",
            false,
            "",
            "",
            List.of(
                    attribute("batch.size", Type.INTEGER, Optional.of("100")),
                    attribute("watch", Type.BOOLEAN, Optional.empty()),
                    attribute("token", Type.PASSWORD, Optional.empty())));

    private static final class Known implements SchemaSource {
        @Override
        public Collection<Schema> schemas(Set<String> digests) {
            return List.of(SCHEMA);
        }

        @Override
        public Collection<RuleSource> rules(Set<String> digests) {
            return List.of();
        }
    }

    private static Attribute attribute(String key, Type type, Optional<String> max) {
        return new Attribute(key, type, 0, false, List.of(), Optional.empty(), max, List.of(), "", "");
    }

    private static List<Problem> problems(String path, byte[] content) {
        EnvironmentResolver environments = new EnvironmentResolver();
        Map<String, byte[]> files =
                Map.of(path, content, "environments/dev/environment.cfg", "# none\n".getBytes(StandardCharsets.UTF_8));
        try {
            return new ConfigValidator(environments, new Known())
                    .validate(environments.read(files), "dev", Surroundings.offline(), Set.of())
                    .problems();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String mended(String path, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        List<Problem> problems = problems(path, content);
        assertThat(problems).isNotEmpty();

        Edited edited = Fixes.apply(
                path,
                content,
                problems,
                new SchemaKeys(Map.of("a.b", SCHEMA)),
                candidate -> Map.of("dev", problems(path, candidate)));

        assertThat(edited.left()).isEmpty();
        assertThat(problems(path, edited.content())).isEmpty();
        return new String(edited.content(), StandardCharsets.UTF_8);
    }

    @Test
    void mendsProperties() {
        assertThat(mended("base/a.b.cfg", "# c\nbatch_size = 5 \nwatch : yes\n# d"))
                .isEqualTo("# c\nbatch.size = 5 \nwatch : true\n# d");
    }

    @Test
    void mendsTypedJson() {
        assertThat(mended("base/a.b.cfg.json", "{ // c\n  \"batch_size\": 5,\n  \"watch\": \"yes\"\n}\n"))
                .isEqualTo("{ // c\n  \"batch.size\": 5,\n  \"watch\": \"true\"\n}\n");
    }

    @Test
    void mendsYaml() {
        assertThat(mended("base/x.yaml", "a.b:\r\n  batch:\r\n    siez: 5 # c\r\n  watch: yes\r\n"))
                .isEqualTo("a.b:\r\n  batch:\r\n    size: 5 # c\r\n  watch: true\r\n");
    }

    @Test
    void leavesAValueAboveTheMaximumBecauseNothingTellsWhatIsMeant() {
        byte[] content = "batch.size = 101\n".getBytes(StandardCharsets.UTF_8);
        List<Problem> problems = problems("base/a.b.cfg", content);

        assertThat(Fixes.apply("base/a.b.cfg", content, problems).left())
                .isEqualTo(problems)
                .hasSize(1);
    }

    @Test
    void leavesTwoValuesForOneKey() {
        byte[] content = "batch_size = 5\nbatch-size = 6\n".getBytes(StandardCharsets.UTF_8);
        List<Problem> problems = problems("base/a.b.cfg", content);

        Edited edited = Fixes.apply(
                "base/a.b.cfg",
                content,
                problems,
                new SchemaKeys(Map.of("a.b", SCHEMA)),
                candidate -> Map.of("dev", problems("base/a.b.cfg", candidate)));

        assertThat(edited.isChanged()).as("nobody knows which one is meant").isFalse();
        assertThat(edited.left()).isEqualTo(problems).hasSize(2);
    }

    @Test
    void losesNoValue() {
        byte[] content = "batch.size = 5\nbatch_size = 6\n".getBytes(StandardCharsets.UTF_8);
        List<Problem> problems = problems("base/a.b.cfg", content);
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("it is written in this file too"));

        Edited edited = Fixes.apply(
                "base/a.b.cfg",
                content,
                problems,
                new SchemaKeys(Map.of("a.b", SCHEMA)),
                candidate -> Map.of("dev", problems("base/a.b.cfg", candidate)));

        assertThat(edited.isChanged()).isFalse();
    }

    @Test
    void leavesASecretUnderAWrongName() {
        byte[] content = "tokne = x\n".getBytes(StandardCharsets.UTF_8);
        List<Problem> problems = problems("base/a.b.cfg", content);

        Edited edited = Fixes.apply(
                "base/a.b.cfg", content, problems, new SchemaKeys(Map.of("a.b", SCHEMA)), candidate -> Map.of());

        assertThat(edited.left()).isEqualTo(problems);
    }
}
