// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

class SchemaValidatorTest {
    private static final ConfigId ID = ConfigId.parse("snakepipe.pipeline~demo");
    private static final String FILE = "base/snakepipe.pipeline~demo.cfg";
    private static final String SIZE =
            "<AD id='batch.size' type='Long' min='1' max='10000' default='1000' description='Records per batch'/>";
    private static final String LEVEL = "<AD id='log.level' type='String' default='info'><Option value='debug'/>"
            + "<Option value='info'/><Option value='warning'/></AD>";

    @Test
    void givesValuesTheirTypes() {
        ValidationResult validation = validate(
                "<AD id='s' type='String'/><AD id='b' type='Boolean'/><AD id='y' type='Byte'/><AD id='h' type='Short'/>"
                        + "<AD id='i' type='Integer'/><AD id='l' type='Long'/><AD id='f' type='Float'/>"
                        + "<AD id='d' type='Double'/><AD id='c' type='Char'/><AD id='p' type='Password'/>",
                "s",
                "x",
                "b",
                " true ",
                "y",
                "-128",
                "h",
                "+7",
                "i",
                "2147483647",
                "l",
                " 9 ",
                "f",
                "1.5",
                "d",
                "1e3",
                "c",
                "\t",
                "p",
                "secret");

        assertThat(validation.problems()).isEmpty();
        assertThat(validation.isValid()).isTrue();
        assertThat(validation.typed())
                .containsEntry("s", "x")
                .containsEntry("b", true)
                .containsEntry("y", (byte) -128)
                .containsEntry("h", (short) 7)
                .containsEntry("i", Integer.MAX_VALUE)
                .containsEntry("l", 9L)
                .containsEntry("f", 1.5f)
                .containsEntry("d", 1000.0)
                .containsEntry("c", '\t')
                .containsEntry("p", "secret");
    }

    @Test
    void acceptsValuesThatHaveTheirTypeAlready() {
        ValidationResult validation = validate(
                "<AD id='b' type='Boolean'/><AD id='i' type='Integer'/><AD id='l' type='Long'/><AD id='f' type='Float'/>"
                        + "<AD id='d' type='Double'/><AD id='c' type='Char'/><AD id='e' type='Double'/>"
                        + "<AD id='n' type='Integer' cardinality='9'/>",
                "b",
                false,
                "i",
                3L,
                "l",
                BigInteger.TEN,
                "f",
                0.1,
                "d",
                7,
                "c",
                'x',
                "e",
                new BigDecimal("1.25"),
                "n",
                List.of(1, "2"));

        assertThat(validation.problems()).isEmpty();
        assertThat(validation.typed())
                .containsEntry("b", false)
                .containsEntry("i", 3)
                .containsEntry("l", 10L)
                .containsEntry("f", 0.1f)
                .containsEntry("d", 7.0)
                .containsEntry("c", 'x')
                .containsEntry("e", 1.25)
                .containsEntry("n", new int[] {1, 2});
    }

    @Test
    void convertsNothingSilently() {
        String types = "<AD id='b' type='Boolean'/><AD id='i' type='Integer'/><AD id='s' type='String'/>"
                + "<AD id='d' type='Double'/><AD id='c' type='Char'/>";

        assertThat(texts(validate(types, "b", "yes", "i", "12 ms", "s", 5, "d", "0x1p3", "c", "ab")))
                .containsExactly(
                        FILE + ":1: b = yes is not a Boolean (allowed: true, false); did you mean 'true'?",
                        FILE + ":2: i = 12 ms is not an integer (allowed: -2147483648 to 2147483647)",
                        FILE + ":3: s = 5 is not text (allowed: text)",
                        FILE + ":4: d = 0x1p3 is not a number (allowed: a number)",
                        FILE + ":5: c = ab is not one character (allowed: one character)");
        assertThat(texts(validate(types, "b", "OFF", "i", 1.0, "s", true, "d", "NaN", "c", 5)))
                .containsExactly(
                        FILE + ":1: b = OFF is not a Boolean (allowed: true, false); did you mean 'false'?",
                        FILE + ":2: i = 1.0 is not an integer (allowed: -2147483648 to 2147483647)",
                        FILE + ":3: s = true is not text (allowed: text)",
                        FILE + ":4: d = NaN is not a number (allowed: a number)",
                        FILE + ":5: c = 5 is not one character (allowed: one character)");
        assertThat(texts(validate(types, "b", 1, "i", "\u0663", "s", "x", "d", true, "c", "")))
                .containsExactly(
                        FILE + ":1: b = 1 is not a Boolean (allowed: true, false)",
                        FILE + ":2: i = \u0663 is not an integer (allowed: -2147483648 to 2147483647)",
                        FILE + ":4: d = true is not a number (allowed: a number)",
                        FILE + ":5: c = '' is not one character (allowed: one character)");
    }

    @Test
    void readsNoNumberOfAThousandDigits() {
        String types = "<AD id='d' type='Double'/><AD id='l' type='Long'/>";

        assertThat(validate(types, "d", "1".repeat(1001), "l", "1".repeat(1001)).problems())
                .extracting(Problem::code)
                .containsExactly("value.type", "value.type");
    }

    @Test
    void rejectsValuesOutOfRange() {
        assertThat(only(validate(SIZE, "batch.size", "0")))
                .hasToString(FILE + ":1: batch.size = 0 is below the minimum 1 (allowed: 1 to 10000)");
        assertThat(only(validate(SIZE, "batch.size", "99999999999999999999")))
                .hasToString(FILE
                        + ":1: batch.size = 99999999999999999999 is above the maximum 10000 (allowed: 1 to 10000)");
        assertThat(only(validate("<AD id='k' type='Byte'/>", "k", "128")))
                .hasToString(FILE + ":1: k = 128 is above the maximum 127 (allowed: -128 to 127)");
        assertThat(only(validate("<AD id='k' type='Short' min='0'/>", "k", "-1")))
                .hasToString(FILE + ":1: k = -1 is below the minimum 0 (allowed: 0 to 32767)");
        assertThat(only(validate("<AD id='k' type='Double' min='0.5'/>", "k", "0.4")))
                .hasToString(FILE + ":1: k = 0.4 is below the minimum 0.5 (allowed: 0.5 or more)");
        assertThat(only(validate("<AD id='k' type='Float' max='1'/>", "k", "1.1")))
                .hasToString(FILE + ":1: k = 1.1 is above the maximum 1 (allowed: at most 1)");
        assertThat(only(validate("<AD id='k' type='Double'/>", "k", "1e400")))
                .hasToString(FILE + ":1: k = 1e400 does not fit into a Double (allowed: a number)");
        assertThat(only(validate("<AD id='k' type='Char' min='b' max='d'/>", "k", "a")))
                .hasToString(FILE + ":1: k = a is below the minimum 'b' (allowed: 'b' to 'd')");
    }

    @Test
    void measuresTextByLength() {
        String name = "<AD id='name' type='String' min='2' max='4'/>";

        assertThat(validate(name, "name", "abc").isValid()).isTrue();
        assertThat(only(validate(name, "name", "a")))
                .hasToString(FILE + ":1: name = a is shorter than the minimum 2 (allowed: 2 to 4 characters)");
        assertThat(only(validate(name, "name", "abcde")))
                .hasToString(FILE + ":1: name = abcde is longer than the maximum 4 (allowed: 2 to 4 characters)");
        assertThat(only(validate("<AD id='k' type='String' min='1' default=''/>")))
                .hasToString("snakepipe.pipeline: k = '' is shorter than the minimum 1 (allowed: 1 character or more)");
    }

    @Test
    void rejectsWhatIsNoOption() {
        Problem problem = only(validate(LEVEL, "log.level", "debg"));

        assertThat(problem)
                .hasToString(FILE + ":1: log.level = debg is none of the options (allowed: debug, info, warning);"
                        + " did you mean 'debug'?");
        assertThat(problem.code()).isEqualTo("value.option");
        assertThat(problem.fixes()).containsExactly(Fix.replace("debug"));
        assertThat(only(validate(LEVEL, "log.level", "INFO")).fixes()).containsExactly(Fix.replace("info"));
    }

    @Test
    void rejectsUnknownKeys() {
        assertThat(texts(validate(SIZE + LEVEL, "batch_size", "5", "service.pid", "x", "BATCH.SIZE", "7")))
                .containsExactly(
                        FILE + ":1: batch_size is not a key of snakepipe.pipeline; did you mean 'batch.size'?",
                        FILE + ":2: service.pid is not a key of snakepipe.pipeline (allowed: batch.size, log.level)",
                        FILE + ":3: BATCH.SIZE is not a key of snakepipe.pipeline; did you mean 'batch.size'?");
    }

    @Test
    void rejectsMissingKeys() {
        ValidationResult validation = validate(
                "<AD id='source' type='String' description='Where records come from.'/>"
                        + "<AD id='mode' type='String'><Option value='upsert'/></AD><AD id='x' type='String' required='false'/>");

        assertThat(texts(validation))
                .containsExactly(
                        "snakepipe.pipeline~demo: mode is required and missing; add 'mode = upsert'",
                        "snakepipe.pipeline~demo: source is required and missing (Where records come from.);"
                                + " add 'source ='");
        assertThat(validation.problems()).allMatch(problem -> problem.code().equals("key.missing"));
        assertThat(validation.isValid()).isFalse();
    }

    @Test
    void appliesDefaultsWithTheirOrigin() {
        ValidationResult validation = validate(SIZE
                + "<AD id='list' type='String' cardinality='9' default='a\\,b,c'/><AD id='s' type='String' default='x\\\\\\,y'/>"
                + "<AD id='none' type='String' cardinality='9' default=''/>");

        Origin origin = new Origin("default", "snakepipe.pipeline", 0, 0);
        assertThat(validation.isValid()).isTrue();
        assertThat(validation.typed())
                .containsOnlyKeys("batch.size", "list", "s")
                .containsEntry("batch.size", 1000L)
                .containsEntry("list", new String[] {"a,b", "c"})
                .containsEntry("s", "x\\,y");
        assertThat(validation.effective())
                .containsEntry("batch.size", ConfigValue.of("1000", origin))
                .containsEntry("list", ConfigValue.of(List.of("a,b", "c"), origin));
    }

    @Test
    void makesArraysAndLists() {
        ValidationResult validation = validate(
                "<AD id='array' type='Integer' cardinality='3'/><AD id='list' type='Long' cardinality='-2147483648'/>"
                        + "<AD id='text' type='String' cardinality='2147483647'/>"
                        + "<AD id='b' type='Boolean' cardinality='3'/><AD id='y' type='Byte' cardinality='3'/>"
                        + "<AD id='h' type='Short' cardinality='3'/><AD id='l' type='Long' cardinality='3'/>"
                        + "<AD id='f' type='Float' cardinality='3'/><AD id='d' type='Double' cardinality='3'/>"
                        + "<AD id='c' type='Char' cardinality='3'/><AD id='e' type='String' cardinality='3' required='false'/>",
                "array",
                "1, 2,3",
                "list",
                "4,5",
                "text",
                "a\\,b, c",
                "b",
                "true",
                "y",
                "1",
                "h",
                "1",
                "l",
                "1",
                "f",
                "1",
                "d",
                "1",
                "c",
                "x",
                "e",
                "");

        assertThat(validation.problems()).isEmpty();
        assertThat(validation.typed())
                .containsEntry("array", new int[] {1, 2, 3})
                .containsEntry("list", List.of(4L, 5L))
                .containsEntry("text", new String[] {"a,b", "c"})
                .containsEntry("b", new boolean[] {true})
                .containsEntry("y", new byte[] {1})
                .containsEntry("h", new short[] {1})
                .containsEntry("l", new long[] {1})
                .containsEntry("f", new float[] {1})
                .containsEntry("d", new double[] {1})
                .containsEntry("c", new char[] {'x'})
                .containsEntry("e", new String[0]);
    }

    @Test
    void checksEveryElement() {
        assertThat(texts(validate("<AD id='n' type='Integer' cardinality='3' max='9'/>", "n", "1, x,, 10")))
                .containsExactly(
                        FILE + ":1: n has 4 elements (allowed: at most 3)",
                        FILE + ":1: n, element 2 = x is not an integer (allowed: -2147483648 to 9)",
                        FILE + ":1: n, element 3 is empty (allowed: a value between two commas)",
                        FILE + ":1: n, element 4 = 10 is above the maximum 9 (allowed: -2147483648 to 9)");
    }

    @Test
    void rejectsAListWhereOneValueIsMeantAndTheOtherWayRound() {
        String types = "<AD id='l' type='Integer' cardinality='-2'/><AD id='o' type='Integer'/>";

        assertThat(texts(validate(types, "l", 5, "o", List.of(1))))
                .containsExactly(FILE + ":1: l = 5 is not a list", FILE + ":2: o is a list (allowed: one value)");
        assertThat(texts(validate(types, "l", "", "o", "1,2")))
                .containsExactly(
                        FILE + ":1: l has no element (allowed: at least 1)",
                        FILE + ":2: o = 1,2 is not an integer (allowed: -2147483648 to 2147483647)");
    }

    @Test
    void neverShowsASecret() {
        ValidationResult validation = validate(
                "<AD id='password' type='Password' min='8'/><AD id='token' type='Password'><Option value='geheim'/></AD>",
                "password",
                "geheim1",
                "token",
                "geheim2",
                "passwort",
                "geheim3");

        assertThat(texts(validation))
                .containsExactly(
                        FILE + ":1: password = <set> is shorter than the minimum 8 (allowed: 8 characters or more)",
                        FILE + ":2: token = <set> is none of the options (allowed: <set>)",
                        FILE
                                + ":3: passwort is not a key of snakepipe.pipeline (did you mean 'password'? it is written in this file too);"
                                + " remove it");
        assertThat(validation.problems())
                .allSatisfy(problem -> assertThat(problem.fixes().toString()).doesNotContain("geheim"));
        assertThat(validation.effective().get("password").raw()).isEqualTo("geheim1");
    }

    @Test
    void showsLongAndBrokenTextInOneLine() {
        assertThat(only(validate(SIZE, "batch.size", "a\nb\r" + "x".repeat(100)))
                        .message())
                .isEqualTo("batch.size = a\\nb\\r" + "x".repeat(76) + "... is not an integer (allowed: 1 to 10000)");
    }

    @Test
    void findsEverythingInOnePass() {
        ValidationResult validation = validate(
                SIZE + LEVEL + "<AD id='source' type='String'/>", "log.level", "x", "batch.size", "y", "z", "1");

        assertThat(validation.problems().stream().map(Problem::code))
                .containsExactly("key.missing", "value.option", "value.type", "key.unknown");
        assertThat(validation.problems()).allMatch(problem -> problem.id().equals(Optional.of(ID)));
        assertThat(validation.problems().get(2).key()).contains("batch.size");
        assertThat(validation.typed()).isEmpty();
        assertThat(validation.effective()).containsOnlyKeys("log.level", "batch.size", "z");
    }

    @Test
    void checksThatAFactoryHasNamesAndASingletonHasNone() {
        Schema factory = new Schema("a", true, "", "", List.of());
        Schema singleton = new Schema("a", false, "", "", List.of());
        SchemaValidator validator = SchemaValidator.create();

        assertThat(only(validator.validate(new ConfigId("a", ""), Map.of(), factory)))
                .hasToString("a: a configuration of a has a name (allowed: a~NAME)");
        assertThat(only(validator.validate(new ConfigId("a", "b"), Map.of(), singleton)))
                .hasToString("a~b: there is one a only, without the name b (allowed: a)");
        assertThatThrownBy(() -> validator.validate(ID, Map.of(), factory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the schema of a does not describe snakepipe.pipeline~demo");
    }

    @Test
    void rejectsASchemaWithAKeyTwice() throws MetatypeException {
        Attribute attribute = schema(SIZE).attributes().get(0);

        assertThatThrownBy(() -> new Schema("a", true, "", "", List.of(attribute, attribute)))
                .hasMessage("a has the key batch.size twice (allowed: once)");
    }

    @Test
    void aRequiredValueIsNotEmptyAndAnotherMayBe() {
        assertThat(texts(validate("<AD id='s' type='String'/>", "s", " ")))
                .containsExactly(FILE + ":1: s is empty (allowed: a value, as it is required)");
        assertThat(validate("<AD id='s' type='String' required='false'/>", "s", "")
                        .problems())
                .isEmpty();
        assertThat(validate("<AD id='s' type='String' default='x'/>", "s", "").problems())
                .isEmpty();
    }

    @Test
    void aWrongValueUnderAnotherOneIsAWarning() throws MetatypeException {
        ConfigValue hidden = ConfigValue.of("many", new Origin("base", FILE, 3, 1));
        ConfigValue value = new ConfigValue("5", new Origin("local", "local/x.cfg", 1, 1), List.of(hidden));

        ValidationResult validation = SchemaValidator.create().validate(ID, Map.of("batch.size", value), schema(SIZE));

        assertThat(validation.isValid()).isTrue();
        assertThat(validation.typed()).containsEntry("batch.size", 5L);
        assertThat(texts(validation))
                .containsExactly(FILE + ":3: batch.size = many is not an integer (allowed: 1 to 10000);"
                        + " no effect here: local/x.cfg:1 hides it");
    }

    private static ValidationResult validate(String attributes, Object... keysAndValues) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            Origin origin = new Origin("base", FILE, index / 2 + 1, 1);
            values.put((String) keysAndValues[index], ConfigValue.of(keysAndValues[index + 1], origin));
        }
        try {
            return SchemaValidator.create().validate(ID, values, schema(attributes));
        } catch (MetatypeException e) {
            throw new AssertionError(e);
        }
    }

    private static Schema schema(String attributes) throws MetatypeException {
        String document = "<MetaData><OCD id='o'>" + attributes
                + "</OCD><Designate factoryPid='snakepipe.pipeline'><Object ocdref='o'/></Designate></MetaData>";
        return MetatypeReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), "test")
                .get(0);
    }

    private static List<String> texts(ValidationResult validation) {
        List<String> texts = new ArrayList<>();
        validation.problems().forEach(problem -> texts.add(problem.toString()));
        return texts;
    }

    private static Problem only(ValidationResult validation) {
        assertThat(validation.problems()).hasSize(1);
        return validation.problems().get(0);
    }
}
