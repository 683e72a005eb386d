// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.schema.Schemas.texts;
import static org.snakepipe.schema.Schemas.validate;
import static org.snakepipe.schema.Schemas.values;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

class ConstraintsTest {
    private static final String LINGER = "<AD id='linger' type='Integer' min='1' max='60000' sp:unit='ms'/>";
    private static final Deferred SECRET = new Deferred("$[secret:x]", true);
    private static final Deferred LATER = new Deferred("$[env:X]", false);

    @Test
    void deliversDurationsAndSizesAsNumbersOfTheirUnit() {
        ValidationResult result = validate(
                LINGER + "<AD id='size' type='Long' sp:unit='bytes' min='1KiB'/><AD id='s' type='Long' sp:unit='s'/>"
                        + "<AD id='l' type='Long' sp:unit='ms' cardinality='9'/><AD id='d' type='Long' sp:unit='s' default='5m'/>",
                "linger",
                " 1m ",
                "size",
                "4MiB",
                "s",
                90L,
                "l",
                "1s, 250");

        assertThat(result.problems()).isEmpty();
        assertThat(result.typed())
                .containsEntry("linger", 60_000)
                .containsEntry("size", 4L << 20)
                .containsEntry("s", 90L)
                .containsEntry("l", new long[] {1000, 250})
                .containsEntry("d", 300L);
    }

    @Test
    void cutsNoPortToFitItsType() {
        String attributes =
                "<AD id='byte' type='Byte' sp:format='port'/><AD id='short' type='Short' sp:format='port'/>";

        assertThat(texts(validate(attributes, "byte", 256L, "short", 40_000L).problems()))
                .containsExactly(
                        "value.range 1: byte = 256 is above the maximum 127 (allowed: 0 to 127)",
                        "value.range 2: short = 40000 is above the maximum 32767 (allowed: 0 to 32767)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | value.range 1: linger = 0 (0ms) is below the minimum 1ms (allowed: 1ms to 60s)",
                "90000 | value.range 1: linger = 90000 (90s) is above the maximum 60s (allowed: 1ms to 60s)",
                "2m  | value.range 1: linger = 2m is above the maximum 60s (allowed: 1ms to 60s)",
                "9999999999999d | value.range 1: linger = 9999999999999d is above the maximum 60s (allowed: 1ms to 60s)",
                "10us | value.unit 1: linger = 10us is no whole number of ms (allowed: 1ms to 60s)",
                "5 s | value.unit 1: linger = 5 s is not a duration such as 500ms or 1m30s (allowed: 1ms to 60s); did you mean '5s'?"
            })
    void showsRangesWithUnits(String value, String problem) {
        assertThat(texts(validate(LINGER, "linger", value).problems())).containsExactly(problem);
    }

    @Test
    void showsNoMaximumThatNobodySet() {
        assertThat(texts(validate("<AD id='k' type='Integer' min='1' sp:unit='s'/>", "k", "x")
                        .problems()))
                .containsExactly("value.unit 1: k = x is not a duration such as 500ms or 1m30s (allowed: 1s or more)");
    }

    @Test
    void checksPatternsAndLengths() {
        String attributes = "<AD id='a' type='String' sp:pattern='[a-z]+' sp:pattern-hint=''/>"
                + "<AD id='b' type='String' sp:pattern='[a-z]+' sp:pattern-hint='a lower case name' max='9'/>"
                + "<AD id='c' type='String' min='1' sp:length-min='2' sp:length-max='2147483647'/>";

        assertThat(texts(validate(attributes, "a", "A", "b", "B", "c", "C").problems()))
                .containsExactly(
                        "value.pattern 1: a = A does not have the right form (allowed: text that matches [a-z]+)",
                        "value.pattern 2: b = B does not have the right form (allowed: a lower case name, at most 9"
                                + " characters)",
                        "value.range 3: c = C is shorter than the minimum 2 (allowed: 2 characters or more)");
        assertThat(validate(attributes, "a", "x", "b", "y", "c", "zz").isValid())
                .isTrue();
    }

    @Test
    void givesUpAPatternThatNeverEnds() {
        assertThat(texts(validate("<AD id='a' type='String' sp:pattern='(x+)+y\\1'/>", "a", "x".repeat(60))
                        .problems()))
                .singleElement()
                .asString()
                .contains("cannot be compared with the pattern, which takes too long for it");
        assertThat(texts(validate("<AD id='a' type='String' sp:pattern='(x|y)*z'/>", "a", "x".repeat(200_000))
                        .problems()))
                .singleElement()
                .asString()
                .startsWith("value.pattern");
    }

    @Test
    void countsElements() {
        String attributes = "<AD id='a' type='String' cardinality='9' sp:count-min='2' sp:count-max='3'/>"
                + "<AD id='b' type='String' cardinality='9' required='false' sp:count-min='2' sp:count-max='2147483647'/>";

        assertThat(texts(validate(attributes, "a", "1", "b", "1").problems()))
                .containsExactly(
                        "value.count 1: a has 1 element (allowed: 2 to 3)",
                        "value.count 2: b has 1 element (allowed: 2 to 9)");
        assertThat(validate(attributes, "a", "1,2,3").isValid()).isTrue();
    }

    @Test
    void namesWhatRequiresAndWhatExcludes() {
        String attributes = "<AD id='user' type='String' default='' sp:requires='password'/>"
                + "<AD id='password' type='Password' required='false' sp:conflicts='token'/>"
                + "<AD id='token' type='Password' required='false' sp:conflicts='password'/>";

        assertThat(texts(validate(attributes, "user", "sa").problems()))
                .containsExactly("key.requires 1: user needs password too, which has no value; add 'password ='");
        assertThat(texts(validate(attributes, "user", "sa", "password", "p", "token", "t")
                        .problems()))
                .containsExactly(
                        "key.conflicts 3: password and token exclude each other (allowed: one of them); remove it");
        assertThat(validate(attributes, "user", "", "token", "t").problems()).isEmpty();
        assertThat(validate(attributes).problems()).isEmpty();
    }

    @Test
    void knowsWhatAPidAsAWholeRequiresAndExcludes() {
        Schema schema = Schemas.of(
                "a.b",
                "sp:requires='a' sp:conflicts='b c'",
                "<AD id='a' type='String' required='false'/><AD id='b' type='String' default='x'/>"
                        + "<AD id='c' type='String' required='false'/>");
        SchemaValidator validator = SchemaValidator.create();

        assertThat(texts(validator.validate(values(), schema).problems()))
                .containsExactly("key.requires a.b: a needs a value, and has none; add 'a ='");
        assertThat(validator.validate(values("a", "1", "c", "2"), schema).problems())
                .isEmpty();
        assertThat(texts(validator
                        .validate(values("a", "1", "b", "y", "c", "2"), schema)
                        .problems()))
                .containsExactly("key.conflicts 3: b and c exclude each other (allowed: one of them); remove it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri   | https://example.org/x | //example.org     | has no scheme",
                "uri   | urn:x                 | https://a b       | is no URI: Illegal character in authority at 9",
                "host  | example.org           | -example.org      | is no host",
                "host  | 10.0.0.1              | 10.0.0.256        | is no host",
                "host  | ::1                   | 1::2::3           | is no host",
                "host  | fe80::1:2             | fe80::1:g         | is no host",
                "host  | 1:2:3:4:5:6:7:8       | 1:2:3:4:5:6:7     | is no host",
                "host  | ::ffff:10.0.0.1       | ::ffff:10.0.0     | is no host",
                "port  | 8080                  | 65536             | is no port",
                "port  | 0                     | http              | is no port",
                "path  | a/b                   | ''                | names nothing",
                "regex | a+                    | (a                | is no regular expression: Unclosed group near index 2",
                "glob  | **.{a,b}              | {a                | is no glob: Missing '} near index 1"
            })
    void checksFormats(String format, String right, String wrong, String reason) {
        String attribute = "<AD id='k' type='String' sp:format='" + format + "'/>";

        assertThat(validate(attribute, "k", right).problems()).isEmpty();
        assertThat(validate(attribute, "k", wrong).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("value.format"))
                .satisfies(problem -> assertThat(problem.message()).contains(" " + reason + " (allowed: "));
    }

    @Test
    void refusesPathsThatNoFileCanHave() {
        assertThat(validate("<AD id='k' type='String' sp:format='path'/>", "k", "a\0b")
                        .problems())
                .extracting(Problem::code)
                .containsExactly("value.format");
    }

    @Test
    void takesAPortAsAnIntegerToo() {
        assertThat(texts(validate("<AD id='k' type='Integer' sp:format='port'/>", "k", "70000")
                        .problems()))
                .containsExactly("value.range 1: k = 70000 is above the maximum 65535 (allowed: 0 to 65535)");
    }

    @Test
    void letsASecretComeLaterOnlyWhereItDoesNotShow() {
        String attributes = "<AD id='p' type='Password'/><AD id='s' type='String' sp:secret='true'/>"
                + "<AD id='l' type='Password' cardinality='9'/><AD id='t' type='String' required='false'/>"
                + "<AD id='n' type='Integer' cardinality='9' required='false'/>";

        ValidationResult right = validate(attributes, "p", SECRET, "s", SECRET, "l", List.of("a", SECRET));
        assertThat(right.problems()).isEmpty();
        assertThat(right.typed())
                .containsEntry("p", "$[secret:x]")
                .containsEntry("s", "$[secret:x]")
                .containsEntry("l", new String[] {"a", "$[secret:x]"});
        assertThat(texts(validate(attributes, "p", "x", "s", "x", "l", "x", "t", SECRET, "n", List.of("1", SECRET))
                        .problems()))
                .containsExactly(
                        "secret.exposed 4: t = $[secret:x] holds a secret, which would show there (allowed: secrets in"
                                + " keys that the schema calls secret)",
                        "secret.exposed 5: n, element 2 = $[secret:x] holds a secret, which would show there (allowed:"
                                + " secrets in keys that the schema calls secret)");
    }

    @Test
    void letsWhatOnlyTheTargetMachineHasPassAsAnyType() {
        ValidationResult result = validate(
                LINGER + "<AD id='o' type='String'><Option value='x'/></AD><AD id='l' type='Integer' cardinality='9'/>"
                        + "<AD id='m' type='String' cardinality='9' sp:count-min='2'/><AD id='u' type='String' sp:requires='o'/>",
                "linger",
                LATER,
                "o",
                LATER,
                "l",
                List.of("1", LATER),
                "m",
                LATER,
                "u",
                LATER);

        assertThat(result.problems()).isEmpty();
        assertThat(result.typed())
                .containsEntry("linger", LATER)
                .containsEntry("l", new Deferred("1, $[env:X]", false))
                .containsEntry("m", LATER);
    }

    @Test
    void neverShowsWhatIsAnnotatedAsASecret() {
        String attributes = "<AD id='s' type='String' sp:secret='true' sp:pattern='[a-z]+'/>"
                + "<AD id='f' type='String' sp:secret='true' sp:format='uri'/>"
                + "<AD id='l' type='String' sp:secret='true' cardinality='2' sp:length-max='2'/>";

        ValidationResult result = validate(attributes, "s", "GEHEIM", "f", "GE HEIM", "l", "GEHEIM, x");

        assertThat(result.problems()).hasSize(3).allSatisfy(problem -> {
            assertThat(problem.toString())
                    .contains("<set>")
                    .doesNotContain("GEHEIM")
                    .doesNotContain("GE HEIM");
            assertThat(problem.fixes()).isEmpty();
        });
    }

    @Test
    void warnsOfUnknownKeysOfAnOpenPid() {
        Schema schema = Schemas.of("a.b", "sp:open='true'", "<AD id='known.key' type='Integer' required='false'/>");

        ValidationResult result = SchemaValidator.create()
                .validate(values("knwon.key", "1", "list", List.of(1, "x"), "number", 5, "secret", SECRET), schema);

        assertThat(texts(result.problems()))
                .containsExactly(
                        "key.unknown 1: knwon.key is not known of a.b, and is delivered as it is written;"
                                + " did you mean 'known.key'?",
                        "key.unknown 2: list is not known of a.b, and is delivered as it is written",
                        "key.unknown 3: number is not known of a.b, and is delivered as it is written",
                        "secret.exposed 4: secret holds a secret, which would show there (allowed: secrets in keys that"
                                + " the schema calls secret)");
        assertThat(result.typed())
                .containsOnlyKeys("knwon.key", "list", "number")
                .containsEntry("knwon.key", "1")
                .containsEntry("list", new String[] {"1", "x"})
                .containsEntry("number", 5);
    }

    @Test
    void refusesAReservedPid() {
        Schema schema = Schemas.of("a.b", "sp:reserved='it knows better' sp:open='true'", "");

        assertThat(texts(SchemaValidator.create()
                        .validate(values("k", "v"), schema)
                        .problems()))
                .contains("pid.reserved 1: the PID a.b belongs to the runtime: it knows better");
    }

    @Test
    void suggestsWhatOthersWriteIfItIsRight() {
        Schema schema = Schemas.of("<AD id='mode' type='String'><Option value='upsert'/><Option value='insert'/></AD>"
                + "<AD id='size' type='Integer' max='100'/><AD id='url' type='String'/>");
        Siblings siblings = (id, key) -> switch (key) {
            case "mode" -> List.of("insert", "wrong", "upsert");
            case "url" -> List.of("a:b", "c:d");
            default -> List.of("1000", "50", "60", "70", "80");
        };

        ValidationResult result = SchemaValidator.create()
                .validate(ConfigId.parse("a.b~c"), values("mode", "upsrt", "size", "500"), schema, siblings);

        Map<String, List<Fix>> fixes = Map.of(
                "mode", List.of(Fix.replace("upsert"), Fix.replaceAsElsewhere("insert")),
                "size", List.of(Fix.replace("50"), Fix.replace("60"), Fix.replace("70")),
                "url", List.of(Fix.add("url", "a:b"), Fix.add("url", "c:d")));
        assertThat(result.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.fixes())
                        .isEqualTo(fixes.get(problem.key().orElseThrow())));
        assertThat(result.fixes())
                .extracting(edit ->
                        edit.key() + " " + edit.at().map(Object::toString).orElse("nowhere") + " " + edit.fix())
                .containsExactly(
                        "url nowhere add 'url = a:b'",
                        "mode base/x.cfg:1 did you mean 'upsert'?",
                        "size base/x.cfg:2 other environments have '50'");
    }

    @Test
    void mendsOneElementOfAList() {
        assertThat(validate(
                                "<AD id='k' type='String' cardinality='9'><Option value='one'/><Option value='two,x'/></AD>",
                                "k",
                                "oen, two\\,x, tow\\,x")
                        .problems())
                .extracting(Problem::fixes)
                .containsExactly(
                        List.of(Fix.replace("one, two\\,x, tow\\,x")), List.of(Fix.replace("oen, two\\,x, two\\,x")));
    }

    @Test
    void saysThatAKeyIsLeftOverWhenTheOneThatWasMeantIsWritten() {
        assertThat(texts(validate("<AD id='batch.size' type='Long'/>", "batch_size", "5", "batch.size", "6")
                        .problems()))
                .containsExactly(
                        "key.unknown 1: batch_size is not a key of a.b (did you mean 'batch.size'? it is written in this file too); remove it");
    }

    @Test
    void listsNoMoreKeysThanPeopleRead() {
        StringBuilder attributes = new StringBuilder();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            attributes.append("<AD id='").append(letter).append("' type='String' required='false'/>");
        }

        assertThat(texts(validate(attributes.toString(), "unlike.any", "x").problems()))
                .containsExactly("key.unknown 1: unlike.any is not a key of a.b (allowed: a, b, c, d, e, f, g, h, i, j,"
                        + " k, l and 14 more)");
    }

    @Test
    void offersOnlyOptionsOfTheType() {
        String attribute = "<AD id='k' type='Integer'><Option value='1'/><Option value='x'/><Option value='010'/></AD>";

        assertThat(validate(attribute, "k", "10").problems()).isEmpty();
        assertThat(texts(validate(attribute, "k", "2").problems()))
                .containsExactly("value.option 1: k = 2 is none of the options (allowed: 1, 010)");
    }

    @Test
    void keepsDefaultsThatAnnotationsDoNotChange() {
        Schema schema = Schemas.of(
                "<AD id='k' type='String' sp:length-min='0' sp:length-max='2147483647' sp:pattern-hint='' sp:secret='false'"
                        + " sp:live='false' sp:requires='' sp:ref='' sp:ref-or=''/>");

        assertThat(schema.attribute("k")).map(Attribute::constraints).contains(Constraints.NONE);
        assertThat(schema.traits()).isEqualTo(Traits.NONE);
        assertThat(Schemas.of("<AD id='k' type='String' sp:live='true'/>").attribute("k"))
                .map(attribute -> attribute.constraints().live())
                .isEqualTo(Optional.of(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type='Long' sp:pattern='x'      | k has a pattern, but the type LONG (allowed: for texts)",
                "type='Long' sp:length-min='1'   | k has a length, but the type LONG (allowed: for texts)",
                "type='Long' sp:ref='a'          | k has a reference, but the type LONG (allowed: for texts)",
                "type='Long' sp:secret='true'    | k has a secret, but the type LONG (allowed: for texts)",
                "type='Double' sp:format='port'  | k has a format, but the type DOUBLE (allowed: for texts)",
                "type='Long' sp:format='uri'     | k has a format, but the type LONG (allowed: for texts)",
                "type='String' sp:unit='ms'      | k has a unit, but the type STRING (allowed: for integers)",
                "type='String' sp:count-min='1'  | k has a count and is no list (allowed: a count of lists)",
                "type='Long' sp:unit='parsec'    | unit = parsec is not known (allowed: [ns, us, ms, s, m, h, d, bytes])",
                "type='String' sp:format='x'     | format = x is not known (allowed: [uri, host, port, path, regex, glob])",
                "type='String' sp:secret='yes'   | secret = yes is not a Boolean (allowed: true, false)",
                "type='String' sp:length-min='x' | length-min = x is not an integer",
                "type='String' sp:length-min='3' sp:length-max='2' | 3 to 2 is no range (allowed: 0 or more, in order)",
                "type='String' min='3' sp:length-max='2' | k has min = 3 above max = 2",
                "type='String' sp:pattern='('    | k has a pattern that is no regular expression: Unclosed group near index 1",
                "type='String' sp:requires='z'   | a.b, k: requires or conflicts names z, which is no key",
                "type='Char' min='b' max='a'     | k has min = b above max = a",
                "type='Char' min='bb'            | k has min = bb, which is not one character",
                "type='Double' max='x'           | k has max = x, which is not a number",
                "type='Double' min='2' max='1'   | k has min = 2 above max = 1",
                "type='Long' sp:unit='s' min='10ms' | k has min = 10ms, which is no whole number of s"
            })
    void refusesWhatMakesNoSense(String attributes, String reason) {
        assertThatThrownBy(() -> Schemas.read("a.b", "", "<AD id='k' " + attributes + "/>"))
                .isInstanceOf(MetatypeException.class)
                .hasMessage("t:2: " + reason);
    }
}
