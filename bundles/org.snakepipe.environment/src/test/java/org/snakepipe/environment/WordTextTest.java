// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Deferred;

class WordTextTest {
    private static final String CANARY = "c4n4ry-$[secret:token]";

    private final Map<String, String> secrets = Map.of("db.password", CANARY, "token", "$$[", "a/b-c_1", "");
    private final WordText words = new WordText(
            name -> Optional.ofNullable(secrets.get(name)),
            name -> Optional.ofNullable(Map.of("USER", "me$[").get(name)));

    @Test
    void putsValuesWhereWordsStood() throws IOException {
        assertThat(words.fill("$[secret:db.password]"))
                .as("what is put in is never looked at again")
                .isEqualTo(CANARY);
        assertThat(words.fill("$[env:USER]:$[secret:token]@$[secret:a/b-c_1]!")).isEqualTo("me$[:$$[@!");
    }

    @Test
    void returnsATextWithoutWordsAsItIs() throws IOException {
        String text = "cost $5, $$5, [x] $";

        assertThat(words.fill(text)).isSameAs(text);
        assertThat(words.fill("")).isEmpty();
    }

    @Test
    void takesTwoDollarsForTheTextOfAWord() throws IOException {
        assertThat(words.fill("$$[secret:token]")).isEqualTo("$[secret:token]");
        assertThat(words.fill("$$$[env:USER]")).isEqualTo("$me$[");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(message("$[secret:nobody]")).isEqualTo("there is no secret nobody");
        assertThat(message("$[env:NOBODY]")).isEqualTo("there is no environment variable NOBODY");
    }

    @Test
    void passesOnWhyAValueCannotBeTold() {
        WordText failing = new WordText(
                name -> {
                    throw new IOException("the vault is locked");
                },
                name -> Optional.empty());

        assertThatThrownBy(() -> failing.fill("$[secret:token]"))
                .isInstanceOf(IOException.class)
                .hasMessage("the vault is locked");
    }

    @Test
    void refusesWordsThatNeverStay() {
        String allowed = "a word is none that may stay in a value (allowed: $[secret:NAME], $[env:NAME];"
                + " for the text $[ write $$[)";
        assertThat(message("$[prop:x]")).isEqualTo(allowed);
        assertThat(message("$[unset]")).isEqualTo(allowed);
        assertThat(message("hunter2$[hunter3]"))
                .as("no part of what may be a password")
                .isEqualTo(allowed);
        assertThat(message("hunter2$[secret"))
                .isEqualTo("a word is not closed (allowed: $[KIND:NAME]; for the text $[ write $$[)");
        assertThat(message("$[secret:token;default=hunter2]"))
                .isEqualTo("$[secret:token] has a default: that would be a secret for all to see");
        assertThat(message("$[env:USER;default=hunter2]"))
                .isEqualTo("$[env:USER] has a default, and stays in a value (allowed: without default)");
        assertThat(message("$[secret:a b]")).startsWith("$[secret:...] has no proper name");
        assertThat(message("$[env:a-b]")).startsWith("$[env:...] has no proper name");
        assertThat(message("$[env:SNAKE_PIPE_MASTER_KEY]"))
                .isEqualTo("$[env:SNAKE_PIPE_MASTER_KEY] may not enter a configuration");
    }

    @Test
    void endsBeforeATextGrowsWithoutEnd() {
        WordText large = new WordText(name -> Optional.of("x".repeat(1 << 20)), name -> Optional.empty());

        assertThatThrownBy(() -> large.fill("$[secret:token]".repeat(5)))
                .isInstanceOf(IOException.class)
                .hasMessage("grows beyond 4194304 characters when its words are filled");
    }

    @Property
    void givesAnEscapedTextBack(@ForAll("plain") String text) throws IOException {
        assertThat(words.fill(WordText.escape(text))).isEqualTo(text);
    }

    /** Plain text, variables and properties are resolved and escaped; the secrets stay, and are filled in later. */
    @Property
    void fillsWhatResolutionLeaves(@ForAll("pieces") List<Piece> pieces) throws IOException {
        Resolution resolution = tree().variable("PLAIN", "v$[x]$")
                .file("base/properties.cfg", "p = <$$[$$$[secret:db.password]$>")
                .file("base/x.yaml", "x:", "  a: '" + written(pieces) + "'")
                .resolve("dev");

        assertThat(texts(resolution)).isEmpty();
        Object left = raw(resolution, "x", "a");
        String filled = left instanceof Deferred deferred ? words.fill(deferred.word()) : left.toString();
        assertThat(filled).isEqualTo(meant(pieces));
    }

    /** In a secret key variables stay too. */
    @Property
    void fillsWhatStaysInASecretKey(@ForAll("pieces") List<Piece> pieces) throws IOException {
        Resolution resolution = tree().variable("PLAIN", "v$[x]$")
                .file("base/properties.cfg", "p = <$$[$$$[secret:db.password]$>")
                .file("base/x.yaml", "x:", "  a: '$[env:PLAIN]" + written(pieces) + "'")
                .secretKey("x/a")
                .resolve("dev");

        WordText live = new WordText(
                name -> Optional.ofNullable(secrets.get(name)),
                name -> Optional.ofNullable(Map.of("PLAIN", "v$[x]$").get(name)));

        assertThat(texts(resolution)).isEmpty();
        assertThat(live.fill(((Deferred) raw(resolution, "x", "a")).word())).isEqualTo("v$[x]$" + meant(pieces));
    }

    /** How something is written, and what it means in the end. */
    record Piece(String written, String meant) {}

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings().withChars("$[]x:;").ofMaxLength(12);
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<Piece> word = Arbitraries.of(
                new Piece("$[secret:db.password]", CANARY),
                new Piece("$[secret:token]", "$$["),
                new Piece("$[env:PLAIN]", "v$[x]$"),
                new Piece("$[env:NO;default=d$[secret:token]]", "d$$["),
                new Piece("$[prop:p]", "<$[$" + CANARY + "$>"));
        Arbitrary<Piece> text = plain().map(plain -> new Piece(plain, plain));
        return Combinators.combine(text, word)
                .as((before, after) -> List.of(before, after))
                .list()
                .ofMaxSize(4)
                .map(pairs -> pairs.stream().flatMap(List::stream).toList());
    }

    /** Dollar signs before a bracket are doubled, and the bracket may be the one of the next word. */
    private static String written(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.written().equals(piece.meant())) {
                text.append(piece.written().replaceAll("(\\$+)(?=\\[|$)", "$1$1"));
            } else {
                text.append(piece.written());
            }
        }
        return text.toString();
    }

    private static String meant(List<Piece> pieces) {
        return pieces.stream().map(Piece::meant).collect(Collectors.joining());
    }

    private String message(String text) {
        try {
            words.fill(text);
        } catch (IOException e) {
            assertThat(e.toString() + e.getCause()).doesNotContain("hunter", "c4n4ry");
            return e.getMessage();
        }
        throw new AssertionError("was filled");
    }
}
