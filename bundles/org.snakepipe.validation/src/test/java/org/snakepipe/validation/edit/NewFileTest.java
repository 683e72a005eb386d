// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Format;
import org.snakepipe.api.config.Unit;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.environment.WrittenFile;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.schema.Traits;
import org.snakepipe.validation.ConfigValidator;
import org.snakepipe.validation.ValidatedConfig;

class NewFileTest {
    private static final ConfigId ID = ConfigId.parse("a.store~x");
    private static final Map<Type, String> VALUES = Map.of(
            Type.STRING, "a, b\\ c",
            Type.BOOLEAN, "true",
            Type.BYTE, "1",
            Type.SHORT, "2",
            Type.INTEGER, "3",
            Type.LONG, "4",
            Type.FLOAT, "0.5",
            Type.DOUBLE, "1.5",
            Type.CHARACTER, "#");

    private record Known(Schema schema) implements SchemaSource {
        @Override
        public Collection<Schema> schemas(Set<String> digests) {
            return List.of(schema);
        }

        @Override
        public Collection<RuleSource> rules(Set<String> digests) {
            return List.of();
        }
    }

    private static Attribute attribute(
            String key, Type type, int cardinality, boolean required, List<String> defaults) {
        return new Attribute(
                key,
                type,
                cardinality,
                required,
                defaults,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                "What " + key + " is for");
    }

    private static Schema schema(Attribute... attributes) {
        return new Schema("a.store", true, "Store", "Keeps things.", List.of(attributes));
    }

    /** Every type, alone and in a list, required and with a default. */
    private static Schema everything() {
        List<Attribute> attributes = new ArrayList<>();
        VALUES.forEach((type, value) -> {
            attributes.add(attribute("needed." + type, type, 0, true, List.of()));
            attributes.add(attribute("needed.list." + type, type, -3, true, List.of()));
            attributes.add(attribute("given." + type, type, 0, true, List.of(value)));
            attributes.add(attribute("list." + type, type, Integer.MAX_VALUE, false, List.of(value, value)));
            attributes.add(attribute("open." + type, type, 0, false, List.of()));
        });
        attributes.add(attribute(".token", Type.PASSWORD, 0, true, List.of()));
        return schema(attributes.toArray(new Attribute[0]));
    }

    private static ValidatedConfig validate(String text, Schema schema) throws InterruptedException {
        EnvironmentResolver environments = new EnvironmentResolver();
        Map<String, byte[]> files = Map.of(
                "base/a.store~x.cfg",
                text.getBytes(StandardCharsets.UTF_8),
                "environments/dev/environment.cfg",
                "# none\n".getBytes(StandardCharsets.UTF_8),
                "secrets.names",
                "x.token\n".getBytes(StandardCharsets.UTF_8));
        return new ConfigValidator(environments, new Known(schema))
                .validate(environments.read(files), "dev", Surroundings.offline(), Set.of());
    }

    private static String filled(String text, boolean defaults) {
        StringBuilder filled = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            boolean key = line.matches("#?[^ #]+ =.*");
            String shown = defaults && key && line.matches("#.* = .+") ? line.substring(1) : line;
            filled.append(shown);
            VALUES.forEach((type, value) -> {
                if (line.startsWith("needed.") && line.endsWith(type + " =")) {
                    filled.append(' ').append(CfgEscapes.value(value, true));
                }
            });
            filled.append('\n');
        }
        return filled.toString();
    }

    @Test
    void validatesOnceItIsFilledInAndSaysItsDefaults() throws InterruptedException {
        String text = NewFile.text(ID, everything());

        assertThat(WrittenFile.read("base/a.store~x.cfg", text.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .problems())
                .isEmpty();
        ValidatedConfig config = validate(filled(text, false), everything());
        ValidatedConfig spelt = validate(filled(text, true), everything());

        assertThat(config.problems()).isEmpty();
        assertThat(spelt.problems()).isEmpty();
        assertThat(filled(text, true)).contains("\ngiven.INTEGER = 3\n").contains("\nlist.STRING = a\\, b");
        assertThat(spelt.configurations().get(ID).typed().orElseThrow().toString())
                .isNotEmpty();
        Map<String, Object> before = config.configurations().get(ID).typed().orElseThrow();
        Map<String, Object> after = spelt.configurations().get(ID).typed().orElseThrow();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((key, value) -> assertThat(after.get(key)).as(key).isEqualTo(value));
    }

    @Test
    void saysWhatIsMissingAsLongAsNobodyFillsItIn() throws InterruptedException {
        Schema schema = schema(attribute("url", Type.STRING, 0, true, List.of()));

        assertThat(validate(NewFile.text(ID, schema), schema).problems()).isNotEmpty();
    }

    @Test
    void commentsWhatMayStandThere() {
        Attribute linger = new Attribute(
                "linger",
                Type.LONG,
                0,
                false,
                List.of("500"),
                Optional.of("1"),
                Optional.of("60000"),
                List.of(),
                "",
                "How long a batch waits.",
                constraints(Optional.of(Unit.Measure.ms), Optional.empty(), List.of("url"), List.of("mode")));
        Attribute mode = new Attribute(
                "mode",
                Type.STRING,
                0,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(new Option("insert", "Only new rows"), new Option("upsert", "upsert")),
                "Mode",
                "");
        Attribute url = new Attribute(
                "url",
                Type.STRING,
                -5,
                false,
                List.of(),
                Optional.empty(),
                Optional.of("99"),
                List.of(),
                "",
                "",
                constraints(Optional.empty(), Optional.of(Format.Kind.uri), List.of(), List.of()));
        Attribute token = attribute(".token", Type.PASSWORD, 0, false, List.of());

        assertThat(NewFile.text(ID, schema(linger, mode, url, token)))
                .isEqualTo("# Store.\n"
                        + "# Keeps things.\n"
                        + "# A line that begins with '#' and a key shows what counts without it; take the '#' away to"
                        + " change it.\n"
                        + "\n"
                        + "# How long a batch waits.\n"
                        + "# Duration such as 500ms or 1m30s, a bare number is ms, 1 to 60000 ms. Needs url. Not together"
                        + " with mode. Optional.\n"
                        + "#linger = 500\n"
                        + "\n"
                        + "# Mode.\n"
                        + "# Text. One of: insert (Only new rows), upsert. Required.\n"
                        + "mode =\n"
                        + "\n"
                        + "# List, with commas, of: text (uri), at most 99 characters, at most 5 elements. Optional.\n"
                        + "#url =\n"
                        + "\n"
                        + "# What .token is for.\n"
                        + "# Secret text. Optional.\n"
                        + "#.token = $[secret:x.token]\n");
    }

    private static Constraints constraints(
            Optional<Unit.Measure> unit, Optional<Format.Kind> format, List<String> requires, List<String> conflicts) {
        return new Constraints(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                unit,
                format,
                requires,
                conflicts,
                Optional.empty(),
                false,
                false);
    }

    @Test
    void breaksLongDescriptionsBetweenWords() {
        Attribute attribute = new Attribute(
                "k",
                Type.STRING,
                0,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                "word\n = x ".repeat(40));

        assertThat(NewFile.text(ID, schema(attribute)).lines())
                .allMatch(line -> line.length() <= 120)
                .allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    @Test
    void takesWhatTheTraitsRequireAsRequired() {
        Schema schema = new Schema(
                "a.one",
                false,
                "",
                "",
                List.of(attribute("k", Type.STRING, 0, false, List.of())),
                new Traits(false, "", List.of("k"), List.of()));

        assertThat(NewFile.text(ConfigId.parse("a.one"), schema))
                .startsWith("# a.one\n")
                .endsWith("\nk =\n");
    }

    @Test
    void refusesIdsThatTheSchemaIsNotFor() {
        Schema one = new Schema("a.one", false, "", "", List.of());
        Schema kept =
                new Schema("a.kept", false, "", "", List.of(), new Traits(false, "it is ours", List.of(), List.of()));

        assertThatThrownBy(() -> NewFile.text(ConfigId.parse("a.store"), schema()))
                .hasMessage("a.store needs a name, as there may be several: a.store~NAME");
        assertThatThrownBy(() -> NewFile.text(ConfigId.parse("a.one~x"), one))
                .hasMessage("a.one~x has a name, but there is only one: a.one");
        assertThatThrownBy(() -> NewFile.text(ConfigId.parse("a.two"), one))
                .hasMessage("the schema of a.one says nothing of a.two");
        assertThatThrownBy(() -> NewFile.text(ConfigId.parse("a.kept"), kept))
                .hasMessage("a.kept cannot be configured: it is ours");
    }
}
