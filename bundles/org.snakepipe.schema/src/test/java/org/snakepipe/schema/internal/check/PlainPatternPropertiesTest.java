// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlainPatternPropertiesTest {
    @Property
    void agreesWithTheExpression(@ForAll("expressions") String expression, @ForAll("texts") String text) {
        PlainPattern plain = PlainPattern.of(expression);

        if (plain != null) {
            assertThat(plain.matches(text)).isEqualTo(Pattern.matches(expression, text));
        }
    }

    /** From any characters that mean something: what it takes, {@link Pattern} takes, and means the same. */
    @Property
    void takesNothingThatItDoesNotUnderstand(@ForAll("scribbles") String expression, @ForAll("texts") String text) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            return;
        }
        PlainPattern plain = PlainPattern.of(expression);

        if (plain != null) {
            assertThat(plain.matches(text)).isEqualTo(pattern.matcher(text).matches());
        }
    }

    @Example
    void readsWhatPeopleWrite() {
        assertThat(PlainPattern.of("[a-z][a-z0-9-]*")).isNotNull();
        assertThat(PlainPattern.of("[A-Za-z0-9_.-]+")).isNotNull();
        assertThat(PlainPattern.of("\\d{1,3}")).isNotNull();
        assertThat(PlainPattern.of("v\\d+\\.\\d+")).isNotNull();
    }

    @Example
    void leavesTheRestToOthers() {
        assertThat(PlainPattern.of("(a+)+b")).isNull();
        assertThat(PlainPattern.of("a|b")).isNull();
        assertThat(PlainPattern.of("[a-z]*a")).as("the way back").isNull();
        assertThat(PlainPattern.of("[^a]")).isNull();
        assertThat(PlainPattern.of("a*?")).isNull();
        assertThat(PlainPattern.of("\u00e9")).isNull();
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> sets = Arbitraries.of("a", "b", "-", "[ab]", "[a-c]", "[a-]", "\\.", "\\d", "\\w", "[\\d.]");
        Arbitrary<String> counts = Arbitraries.of("", "", "*", "+", "?", "{2}", "{1,2}", "{1,}", "{0,2}");
        return sets.list()
                .ofMaxSize(4)
                .flatMap(atoms -> counts.list().ofSize(atoms.size()).map(signs -> {
                    StringBuilder text = new StringBuilder();
                    for (int index = 0; index < atoms.size(); index++) {
                        text.append(atoms.get(index)).append(signs.get(index));
                    }
                    return text.toString();
                }));
    }

    @Provide
    Arbitrary<String> scribbles() {
        return Arbitraries.strings().withChars("ab1-[]{}(),.*+?^$|&\\dw").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abc1-.[]&\u00e9\n").ofMaxLength(6);
    }
}
