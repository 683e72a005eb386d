// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

class ConfigValidatorTest {
    private final EnvironmentResolver environments = new EnvironmentResolver();
    private final ConfigValidator validator = new ConfigValidator(environments, new Known());
    private final Map<String, byte[]> files = new TreeMap<>();

    private static final class Known implements SchemaSource {
        private static final Attribute TOKEN = attribute("token", Attribute.Type.PASSWORD, false, Constraints.NONE);
        private static final Schema STORE = new Schema(
                "a.store",
                true,
                "",
                "",
                List.of(
                        attribute("url", Attribute.Type.STRING, true, Constraints.NONE),
                        attribute("size", Attribute.Type.INTEGER, false, Constraints.NONE),
                        TOKEN));
        private static final Schema USER = new Schema(
                "a.user", false, "", "", List.of(attribute("store", Attribute.Type.STRING, false, toStore())));
        private static final Schema LATE = new Schema("a.late", false, "", "", List.of(TOKEN));

        @Override
        public Collection<Schema> schemas(Set<String> digests) {
            return digests.contains("late") ? List.of(STORE, USER, LATE) : List.of(STORE, USER);
        }

        private static Constraints toStore() {
            return new Constraints(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(new Constraints.Reference(List.of("a.store"), List.of())),
                    false,
                    false);
        }

        private static Attribute attribute(String key, Attribute.Type type, boolean required, Constraints constraints) {
            return new Attribute(
                    key,
                    type,
                    0,
                    required,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    "",
                    "",
                    constraints);
        }

        @Override
        public Collection<RuleSource> rules(Set<String> digests) {
            return List.of();
        }
    }

    private ConfigValidatorTest file(String path, String... lines) {
        files.put(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private ValidatedConfig validate(String... plugins) throws InterruptedException {
        return validator.validate(environments.read(files), "dev", Surroundings.offline(), Set.of(plugins));
    }

    private static ValidatedConfig.Checked of(ValidatedConfig config, String id) {
        return config.configurations().get(ConfigId.parse(id));
    }

    private static List<String> texts(ValidatedConfig config) {
        return config.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void givesTypedValuesOfWhatIsGoodAndMasksSecrets() throws InterruptedException {
        ValidatedConfig config = file("base/a.store~x.cfg", "url = u", "size = 5", "token = canary$$[x")
                .validate();

        assertThat(config.problems()).isEmpty();
        assertThat(of(config, "a.store~x").typed().orElseThrow())
                .containsEntry("size", 5)
                .containsEntry("token", "canary$$[x");
        assertThat(of(config, "a.store~x").secrets()).containsExactly("token");
        assertThat(of(config, "a.store~x").values().toString()).doesNotContain("canary");
    }

    @Test
    void whatIsWrongHasNoTypedValuesAndStopsNobodyElse() throws InterruptedException {
        ValidatedConfig config = file("base/a.store~x.cfg", "url = u", "size = five")
                .file("base/a.store~y.cfg", "url = u")
                .validate();

        assertThat(texts(config)).singleElement().asString().contains("base/a.store~x.cfg:2: size = five is not an");
        assertThat(of(config, "a.store~x").typed()).isEmpty();
        assertThat(of(config, "a.store~y").typed()).isPresent();
    }

    @Test
    void whatNoPluginKnowsWaitsAndShowsNothing() throws InterruptedException {
        file("base/a.late.cfg", "token = canary");

        ValidatedConfig early = validate();
        assertThat(of(early, "a.late").waiting()).isEqualTo("no plugin knows a.late yet");
        assertThat(of(early, "a.late").values().toString()).doesNotContain("canary");
        assertThat(early.problems()).singleElement().matches(problem -> !problem.isError());

        ValidatedConfig late = validate("late");
        assertThat(of(late, "a.late").waiting()).isEmpty();
        assertThat(of(late, "a.late").typed()).isPresent();
    }

    @Test
    void whatNeedsNoSchemaIsGivenAsItIsWrittenAndShowsNothing() throws InterruptedException {
        ValidatedConfig config = file("environments/dev/environment.cfg", "unchecked.pids = org.other")
                .file("base/org.other.cfg.json", "{\"port\": 8, \"names\": [\"a\", \"b\"], \"key\": \"canary\"}")
                .validate();

        assertThat(config.problems()).isEmpty();
        assertThat(of(config, "org.other").typed().orElseThrow())
                .containsEntry("port", 8L)
                .containsEntry("names", new String[] {"a", "b"});
        assertThat(of(config, "org.other").values().toString()).doesNotContain("canary");
        assertThat(of(config, "org.other").secrets()).contains("key");
    }

    @Test
    void aMissingKeyIsPlacedInTheLowestFileOrWhereItIsTakenAway() throws InterruptedException {
        ValidatedConfig config = file("base/a.store~x.cfg", "size = 5")
                .file("environments/dev/a.store~x.cfg", "size = 6")
                .file("base/a.store~y.cfg", "url = u")
                .file("environments/dev/a.store~y.cfg", "size = 6", "url = $[unset]")
                .validate();

        assertThat(texts(config))
                .containsExactlyInAnyOrder(
                        "base/a.store~x.cfg: url is required and missing; add 'url ='",
                        "environments/dev/a.store~y.cfg:2: url is required and missing; add 'url ='");
    }

    @Test
    void ofAFileThatCannotBeReadNoKeyIsMissed() throws InterruptedException {
        ValidatedConfig config = file("base/a.store~x.cfg", "size = \\u12").validate();

        assertThat(config.problems())
                .singleElement()
                .matches(problem -> !problem.code().equals("key.missing"));
    }

    @Test
    void aReferenceToNobodyKeepsItsOwnerOut() throws InterruptedException {
        ValidatedConfig config = file("base/a.user.cfg", "store = a.store~x").validate();

        assertThat(texts(config)).singleElement().asString().contains("base/a.user.cfg:1:", "a.store~x");
        assertThat(of(config, "a.user").typed()).isEmpty();
    }

    @Test
    void namesMustBeThereOrNot() throws InterruptedException {
        ValidatedConfig config = file("base/a.store.cfg", "url = u")
                .file("base/a.user~x.cfg", "")
                .file("base/" + ConfigValidator.BARRIER + ".cfg", "n = 1")
                .validate();

        assertThat(texts(config).toString())
                .contains("a.store needs a name, as there may be several: a.store~NAME")
                .contains("a.user~x has a name, but there is only one: a.user")
                .contains("belongs to the runtime");
    }

    @Test
    void whatDidNotChangeIsTheSameObject() throws InterruptedException {
        ValidatedConfig one = file("base/a.store~x.cfg", "url = u")
                .file("base/a.store~y.cfg", "url = u")
                .validate();
        ValidatedConfig two = file("base/a.store~y.cfg", "url = v").validate();

        assertThat(of(two, "a.store~x").values()).isSameAs(of(one, "a.store~x").values());
    }
}
