// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;

class CfgFileTest {
    private static final String PATH = "base/snakepipe.pipeline~demo.cfg";
    private static final ConfigId ID = ConfigId.parse("snakepipe.pipeline~demo");
    private static final Place PLACE = new Place(PATH, "base", ID);

    @Test
    void readsEverySeparator() {
        assertThat(values("a=1\nb: 2\nc 3\nd\t=\t4\ne\n f = x = y\n"))
                .containsExactly(
                        entry("a", "1"),
                        entry("b", "2"),
                        entry("c", "3"),
                        entry("d", "4"),
                        entry("e", ""),
                        entry("f", "x = y"));
    }

    @Test
    void leavesOutCommentsAndBlankLines() {
        CfgFile file = parse("# a = 1\n  ! b = 2\n\n   \n\t\f\n\\\n# c = 3 \\");

        assertThat(file.values()).isEmpty();
        assertThat(file.problems()).isEmpty();
        assertThat(file.isReadable()).isTrue();
    }

    @Test
    void readsEveryLineEnd() {
        assertThat(values("a=1\r\nb=2\rc=3\nd=4"))
                .containsExactly(entry("a", "1"), entry("b", "2"), entry("c", "3"), entry("d", "4"));
    }

    @Test
    void joinsContinuedLines() {
        assertThat(values("a = one,\\\n    two,\\\r\n\tthree\nb = \\\\\nc = x\\\n# no comment\nd = y\\\n\ne = z"))
                .containsExactly(
                        entry("a", "one,two,three"),
                        entry("b", "\\"),
                        entry("c", "x# no comment"),
                        entry("d", "y"),
                        entry("e", "z"));
    }

    @Test
    void resolvesEscapes() {
        assertThat(values("a\\ b\\=\\:c = \\t|\\n|\\r|\\f|\\#|\\\\|\\u00e9|\\u20AC"))
                .containsExactly(entry("a b=:c", "\t|\n|\r|\f|#|\\|é|€"));
    }

    @Test
    void keepsBackslashesInFrontOfACommaForTheSchema() {
        assertThat(values("a = x\\,y\nb = C:\\\\dir\\\\,next\nc = \\\\\\,\\\\"))
                .containsExactly(entry("a", "x\\,y"), entry("b", "C:\\dir\\\\,next"), entry("c", "\\\\\\,\\"));
    }

    @Test
    void trimsValuesButKeepsEscapedSpace() {
        assertThat(values("a =  x y \t\nb = \\ x\\ \nc = \\t\n"))
                .containsExactly(entry("a", "x y"), entry("b", " x "), entry("c", "\t"));
    }

    @Test
    void keepsThePlaceOfEachKey() {
        CfgFile file = parse("# comment\n\na = 1\n   b = 2\\\n  3\nc = 4");

        assertThat(file.values().get("a").origin()).isEqualTo(new Origin("base", PATH, 3, 1));
        assertThat(file.values().get("b").origin()).isEqualTo(new Origin("base", PATH, 4, 4));
        assertThat(file.values().get("c").origin()).isEqualTo(new Origin("base", PATH, 6, 1));
    }

    @Test
    void acceptsAByteOrderMarkAndAnyLanguage() {
        assertThat(values("\uFEFFname = Größe 測試 😀")).containsExactly(entry("name", "Größe 測試 😀"));
    }

    @Test
    void readsWhatPropertiesRead() throws IOException {
        Random random = new Random(42);
        String alphabet = "ab=: \t\\\\n\n\r#!u0041\f";
        int compared = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("k");
            random.ints(20, 0, alphabet.length()).forEach(index -> text.append(alphabet.charAt(index)));
            CfgFile file = parse(text.toString());
            if (file.problems().isEmpty()) {
                compared++;
                assertThat(stripped(file)).as(text.toString()).isEqualTo(expected(text.toString()));
            }
        }
        assertThat(compared).isGreaterThan(5_000);
    }

    @Test
    void rejectsAKeyThatIsSetTwice() {
        CfgFile file = parse("batch.size = 1\nlinger = 2\nBatch.Size = 3\n");

        Problem problem = only(file);
        assertThat(problem)
                .hasToString(PATH + ":3: Batch.Size is set twice, in line 1 and in line 3 (allowed: once); remove it");
        assertThat(problem.code()).isEqualTo("key.twice");
        assertThat(problem.id()).contains(ID);
        assertThat(problem.key()).contains("Batch.Size");
        assertThat(problem.fixes()).containsExactly(Fix.remove());
        assertThat(file.values()).containsOnlyKeys("batch.size", "linger");
    }

    @Test
    void rejectsAnEmptyFile() {
        CfgFile file = parse("");

        assertThat(only(file))
                .hasToString(PATH
                        + ": the file is empty: probably half written; delete the file to remove the configuration");
        assertThat(file.isReadable()).isFalse();
    }

    @Test
    void rejectsOtherEncodings() {
        CfgFile file = CfgFile.parse(PLACE, "a = 1\nname = Größe\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(only(file)).hasToString(PATH + ":2: byte 0xF6 is not UTF-8 (allowed: UTF-8 text)");
        assertThat(only(file).origin().orElseThrow().column()).isEqualTo(10);
        assertThat(file.values()).isEmpty();
    }

    @Test
    void rejectsACharacterThatIsCutOff() {
        byte[] euro = "a = €".getBytes(StandardCharsets.UTF_8);

        CfgFile file = CfgFile.parse(PLACE, Arrays.copyOf(euro, euro.length - 1));

        assertThat(only(file).message()).isEqualTo("byte 0xE2 is not UTF-8 (allowed: UTF-8 text)");
    }

    @Test
    void rejectsBinaryContent() {
        CfgFile file = parse("a = 1\nb = \u0000");

        assertThat(only(file)).hasToString(PATH + ":2: the control character 0x00 is no text (allowed: UTF-8 text)");
        assertThat(only(file).origin().orElseThrow().column()).isEqualTo(5);
    }

    @Test
    void rejectsAFileThatIsTooLarge() {
        CfgFile file = CfgFile.parse(PLACE, new byte[TextFile.MAX_BYTES + 1]);

        assertThat(only(file)).hasToString(PATH + ": the file has 1048577 bytes (allowed: 1048576)");
    }

    @Test
    void rejectsALineThatIsTooLong() {
        CfgFile file = parse("a = 1\nb = " + "x".repeat(TextFile.MAX_LINE));

        assertThat(only(file)).hasToString(PATH + ":2: the line has 65540 characters (allowed: 65536)");
    }

    @Test
    void rejectsAFileThatEndsInAContinuedLine() {
        CfgFile file = parse("a = 1\nb = 2,\\");

        assertThat(only(file)).hasToString(PATH + ":2: the file ends in a line that goes on: probably half written");
        assertThat(file.values()).containsOnlyKeys("a");
    }

    @Test
    void rejectsALineWithoutKey() {
        CfgFile file = parse("  = secret\na = 1");

        assertThat(only(file)).hasToString(PATH + ":1: there is no key in front of '='");
        assertThat(file.values()).containsOnlyKeys("a");
    }

    @Test
    void rejectsABrokenUnicodeEscapeWithoutShowingTheValue() {
        for (String broken : new String[] {"C:\\users", "\\u12", "\\u12g4", "\\u00\u0663\u0663"}) {
            CfgFile file = parse("a = 1\nb = " + broken);

            assertThat(only(file))
                    .hasToString(PATH + ":2: \\u is not followed by four hexadecimal digits"
                            + " (allowed: \\u and four digits for a character, \\\\u for a backslash and a u)");
            assertThat(file.values()).containsOnlyKeys("a");
        }
    }

    @Test
    void warnsOfABackslashThatGetsLost() {
        CfgFile file = parse("a = \\t\\:\\\\d\nb = [\\\\\\d\\w]+\n");

        assertThat(only(file))
                .hasToString(PATH
                        + ":2: b loses a backslash, because the letter after it needs none (write two to keep one)");
        assertThat(only(file).isError()).isFalse();
        assertThat(file.values().get("b").raw()).isEqualTo("[\\dw]+");
    }

    @Test
    void survivesAMegabyteOfBackslashes() {
        CfgFile file = parse("a = " + ("\\".repeat(60_001) + "\n").repeat(17));

        assertThat(file.values()).containsOnlyKeys("a");
        assertThat(file.values().get("a").raw()).isEqualTo("\\".repeat(17 * 30_000));
    }

    private static Map<String, String> stripped(CfgFile file) {
        Map<String, String> stripped = new LinkedHashMap<>();
        file.values()
                .forEach(
                        (key, value) -> stripped.put(key, value.raw().toString().strip()));
        return stripped;
    }

    private static Map<String, String> expected(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> expected = new LinkedHashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> expected.put(key, properties.getProperty(key).strip()));
        // What Properties make of a backslash that stands alone at the end.
        expected.remove("", "");
        return expected;
    }

    private static Map<String, Object> values(String text) {
        CfgFile file = parse(text);
        assertThat(file.problems()).isEmpty();
        Map<String, Object> values = new LinkedHashMap<>();
        file.values().forEach((key, value) -> values.put(key, value.raw()));
        return values;
    }

    private static Problem only(CfgFile file) {
        assertThat(file.problems()).hasSize(1);
        return file.problems().get(0);
    }

    private static CfgFile parse(String text) {
        return CfgFile.parse(PLACE, text.getBytes(StandardCharsets.UTF_8));
    }
}
