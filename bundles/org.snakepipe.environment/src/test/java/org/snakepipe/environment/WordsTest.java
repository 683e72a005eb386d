// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

class WordsTest {
    private static final String PLACE = "ERROR base/x.cfg:1: a: ";

    @Test
    void insertsEnvironmentVariables() {
        ConfigTrees tree = tree().variable("DIR", "/data").variable("EMPTY", "").variable("ODD", "$[secret:token]");

        assertThat(value(tree, "$[env:DIR]")).isEqualTo("/data");
        assertThat(value(tree, "file:$[env:DIR]/in and $[env:DIR]")).isEqualTo("file:/data/in and /data");
        assertThat(value(tree, "$[env:EMPTY]")).isEqualTo("");
        assertThat(value(tree, "$[env:ODD]")).as("inserted text holds no words").isEqualTo("$[secret:token]");
    }

    @Test
    void takesADefaultWhenAVariableIsMissing() {
        ConfigTrees tree = tree().variable("DIR", "/data");

        assertThat(value(tree, "$[env:PORT;default=8080]")).isEqualTo("8080");
        assertThat(value(tree, "$[env:PORT;default=]")).isEqualTo("");
        assertThat(value(tree, "$[env:OUT;default=$[env:DIR]/out;x]/y")).isEqualTo("/data/out;x/y");
        assertThat(value(tree, "$[env:DIR;default=/tmp]")).isEqualTo("/data");
    }

    @Test
    void rejectsAMissingVariableWithSuggestions() {
        Resolution resolution = resolve(tree().variable("DATA_DIR", "/data"), "in $[env:DATADIR]/x");

        assertThat(texts(resolution))
                .containsExactly(PLACE + "there is no environment variable DATADIR, and the word has no default;"
                        + " did you mean 'in $[env:DATA_DIR]/x'?");
        Problem problem = resolution.problems().get(0);
        assertThat(problem.code()).isEqualTo("word.env");
        assertThat(problem.id()).contains(ConfigId.parse("x"));
        assertThat(problem.key()).contains("a");
        assertThat(raw(resolution, "x", "a")).isEqualTo(new Deferred("in $[env:DATADIR]/x", false));
    }

    @Test
    void takesAMissingVariableForGoodOffline() {
        Resolution resolution = tree().file("base/x.cfg", "a = $[env:A]", "b = x$[env:A]$$[y", "c = $[env:A;default=1]")
                .variable("A", "ignored")
                .resolve("dev", Surroundings.offline());

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "a")).isEqualTo(new Deferred("$[env:A]", false));
        assertThat(raw(resolution, "x", "b")).isEqualTo(new Deferred("x$[env:A]$$[y", false));
        assertThat(raw(resolution, "x", "c")).isEqualTo("1");
    }

    @Test
    void letsSecretsStayWords() {
        ConfigTrees tree = tree().variable("USER", "me$[x]$");

        assertThat(value(tree, "$[secret:token]")).isEqualTo(new Deferred("$[secret:token]", true));
        assertThat(value(tree, "$[env:USER]$[secret:token]"))
                .as("inserted text never becomes a word")
                .isEqualTo(new Deferred("me$$[x]$$$[secret:token]", true));
    }

    @Test
    void rejectsASecretThatIsNotThere() {
        assertThat(texts(resolve(tree(), "$[secret:db.pasword]")))
                .containsExactly(PLACE + "there is no secret db.pasword; did you mean '$[secret:db.password]'?");
        assertThat(texts(resolve(tree(), "$[secret:token;default=hunter2]")))
                .containsExactly(PLACE + "$[secret:token] has a default: that would be a secret for all to see");
        assertThat(texts(resolve(tree(), "$[secret:]")))
                .containsExactly(PLACE + "$[secret:...] has no proper name"
                        + " (allowed: letters, digits, '_', '.', '/' and '-')");
    }

    @Test
    void saysWhyASecretThatIsThereCannotBeRead() {
        Surroundings surroundings = Surroundings.live(Map.of(), new Unreadable());

        Problem alone = tree().file("base/x.cfg", "a = $[secret:token]")
                .resolve("dev", surroundings)
                .problems()
                .get(0);
        Problem beside = tree().file("base/x.cfg", "a = p4$[secret:token]")
                .secretKey("x/a")
                .resolve("dev", surroundings)
                .problems()
                .get(0);

        assertThat(alone).hasToString("base/x.cfg:1: a: the secret token cannot be read: secrets/token is empty");
        assertThat(alone.code()).isEqualTo("secret.unreadable");
        assertThat(alone.fixes()).as("the name is right").isEmpty();
        assertThat(beside)
                .hasToString("base/x.cfg:1: a: $[secret:...] names a secret that cannot be read;"
                        + " for the text $[ write $$[");
    }

    /** Secrets that are there and empty. */
    private static final class Unreadable implements SecretNames {
        @Override
        public boolean exists(String name) throws IOException {
            throw new IOException("secrets/" + name + " is empty");
        }

        @Override
        public Collection<String> names() {
            return List.of("token", "tokens");
        }
    }

    @Test
    void checksSecretsOfflineAgainstTheListedNames() {
        ConfigTrees tree = tree().file("base/x.cfg", "a = $[secret:orders.pasword]");

        assertThat(tree.resolve("dev", Surroundings.offline()).problems()).isEmpty();
        tree.file("secrets.names", "# of the cluster", "", " orders.password ");
        assertThat(texts(tree.resolve("dev", Surroundings.offline())))
                .containsExactly(
                        PLACE + "there is no secret orders.pasword; did you mean '$[secret:orders.password]'?");
    }

    @Test
    void readsNoVariableIntoASecret() {
        Resolution resolution = tree().file("base/x.cfg", "a = $[env:PW]", "b = $[env:NO;default=z]", "c = $[prop:pw]")
                .file("base/properties.cfg", "pw = pre-$[env:PW]")
                .variable("PW", "hunter2")
                .secretKey("x/a")
                .secretKey("x/b")
                .secretKey("x/c")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "a")).isEqualTo(new Deferred("$[env:PW]", true));
        assertThat(raw(resolution, "x", "b")).isEqualTo("z");
        assertThat(raw(resolution, "x", "c")).isEqualTo(new Deferred("pre-$[env:PW]", true));
    }

    @Test
    void suggestsNothingForSecretsBecauseThatWouldShowThem() {
        Resolution resolution = resolve(tree().variable("PASS", "x").secretKey("x/a"), "hunter2$[env:PAS]");

        assertThat(resolution.problems()).hasSize(1);
        assertThat(resolution.problems().get(0).toString()).doesNotContain("hunter2");
        assertThat(resolution.problems().get(0).fixes()).isEmpty();
    }

    @Test
    void showsNothingOfASecretThatHoldsWhatLooksLikeAWord() {
        String escape = "; for the text $[ write $$[";

        assertThat(ofSecret("p4$[hunter2]x"))
                .isEqualTo("the value holds $[...] that is no word (allowed: $[env:NAME], $[prop:NAME], $[secret:NAME],"
                        + " $[inherited], $[unset]; for the text $[ write $$[)");
        assertThat(ofSecret("$[hunter2:x]")).startsWith("the value holds $[...] that is no word");
        assertThat(ofSecret("p4$[env:hunter2]x"))
                .isEqualTo("there is no such environment variable as $[env:...] names, and the word has no default"
                        + escape);
        assertThat(ofSecret("p4$[secret:hunter2]x"))
                .isEqualTo("there is no such secret as $[secret:...] names" + escape);
        assertThat(ofSecret("p4$[prop:hunter2]x"))
                .isEqualTo("$[prop:...]: there is no such key in x and in properties" + escape);
        assertThat(ofSecret("p4$[secret:hunter2;default=]x"))
                .isEqualTo("$[secret:...] has a default: that would be a secret for all to see" + escape);
        assertThat(ofSecret("p4$[env:SNAKE_PIPE_SECRET_hunter2]x"))
                .isEqualTo("$[env:...] is a secret, and would show (allowed: $[secret:NAME])" + escape);
        assertThat(ofSecret("p4$[env:hunter 2]"))
                .isEqualTo("$[env:...] has no proper name (allowed: letters, digits and '_')");
        assertThat(ofSecret("$[prop:p4 hunter2]"))
                .isEqualTo("$[prop:...]: there is no such key in x and in properties" + escape);
        assertThat(ofSecret("$[env:NO;default=p4$[hunter2]x]")).startsWith("the value holds $[...] that is no word");
        assertThat(ofSecret("$[env:NO;default=$[prop:hunter2]]"))
                .as("the default may be what somebody forgot to escape")
                .startsWith("$[prop:...]: there is no such key");
    }

    @Test
    void showsNoNameOfAPropertyBesideTextOfASecret() {
        Resolution resolution = tree().file("base/x.cfg", "a = p4$[prop:hunter2]x")
                .file("base/properties.cfg.json", "{\"hunter2\": [1]}")
                .secretKey("x/a")
                .resolve("dev");

        assertThat(resolution.problems())
                .singleElement()
                .asString()
                .isEqualTo("base/x.cfg:1: a: $[prop:...] is a list, and stands beside text; for the text $[ write $$[");
    }

    @Test
    void namesWhatIsMissingWhenAWordIsAllThatASecretHolds() {
        assertThat(ofSecret("$[secret:tokn]")).isEqualTo("there is no secret tokn");
        assertThat(ofSecret("$[env:NO]")).isEqualTo("there is no environment variable NO, and the word has no default");
        assertThat(ofSecret("$[prop:no.such]"))
                .isEqualTo("$[prop:no.such]: there is no such key in x and in properties");
        assertThat(ofSecret("$[secret:tokn;default=x]"))
                .isEqualTo("$[secret:tokn] has a default: that would be a secret for all to see");
        assertThat(resolve(tree().secretKey("x/a"), "$[secret:tokn]")
                        .problems()
                        .get(0)
                        .fixes())
                .containsExactly(Fix.replace("$[secret:token]"));
    }

    @Test
    void namesWhatIsMissingInAnElementOfASecretList() {
        Resolution resolution = tree().file("base/x.cfg.json", "{\"a\": [\"$[secret:token]\", \"$[secret:tokn]\"]}")
                .secretKey("x/a")
                .resolve("dev");

        assertThat(resolution.problems()).singleElement().asString().endsWith("a: there is no secret tokn");
    }

    /** What is wrong with the value of a secret key, which is said without a fix that shows any of it. */
    private static String ofSecret(String text) {
        Resolution resolution = resolve(tree().secretKey("x/a"), text);
        assertThat(resolution.problems()).hasSize(1);
        Problem problem = resolution.problems().get(0);
        assertThat(problem.toString()).doesNotContain("hunter", "p4");
        assertThat(problem.fixes().toString()).doesNotContain("hunter", "p4");
        return problem.message().substring("a: ".length());
    }

    @Test
    void keepsTheKeysOfTheHouseOut() {
        assertThat(texts(resolve(tree().variable("SNAKE_PIPE_MASTER_KEY", "k"), "$[env:SNAKE_PIPE_MASTER_KEY]")))
                .containsExactly(PLACE + "$[env:SNAKE_PIPE_MASTER_KEY] may not enter a configuration");
    }

    @Test
    void keepsSecretsInVariablesOut() {
        ConfigTrees tree = tree().variable("SNAKE_PIPE_SECRET_DB_PASSWORD", "hunter2");

        assertThat(texts(resolve(tree, "$[env:SNAKE_PIPE_SECRET_DB_PASSWORD]")))
                .containsExactly(PLACE + "$[env:SNAKE_PIPE_SECRET_DB_PASSWORD] is a secret, and would show"
                        + " (allowed: $[secret:NAME])");
    }

    @Test
    void resolvesPropertiesWithTheLayers() {
        ConfigTrees tree = tree().file("base/properties.cfg", "region = us", "host = db.$[prop:region].example.org")
                .file("environments/eu/properties.cfg", "region = eu")
                .file("base/x.cfg", "url = jdbc:$[prop:host]/$[prop:name]", "name = orders", "region = $[prop:region]")
                .file("base/y.cfg", "u = $[prop:x/url]", "z = $[prop:none;default=$[prop:x/name]]");

        Resolution resolution = tree.resolve("eu");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "url")).isEqualTo("jdbc:db.eu.example.org/orders");
        assertThat(raw(resolution, "x", "region")).isEqualTo("eu");
        assertThat(raw(resolution, "y", "u")).isEqualTo("jdbc:db.eu.example.org/orders");
        assertThat(raw(resolution, "y", "z")).isEqualTo("orders");
        assertThat(raw(tree.resolve("dev"), "x", "region")).isEqualTo("us");
        assertThat(resolution.values()).containsOnlyKeys(ConfigId.parse("x"), ConfigId.parse("y"));
    }

    @Test
    void passesADeferredValueOn() {
        Resolution resolution = tree().file("base/x.cfg", "a = $$[$[prop:b]", "b = p$[secret:token]")
                .resolve("dev");

        assertThat(raw(resolution, "x", "a")).isEqualTo(new Deferred("$$[p$[secret:token]", true));
    }

    @Test
    void rejectsAPropertyThatIsNotThere() {
        ConfigTrees tree = tree().file("base/properties.cfg", "region = us")
                .file("base/x.cfg", "a = $[prop:regoin]", "b = $[unset]", "c = $[prop:y/hots]")
                .file("base/y.cfg", "host = h");

        Resolution resolution = tree.resolve("dev");

        assertThat(texts(resolution))
                .containsExactly(
                        PLACE + "$[prop:regoin]: there is no such key in x and in properties;"
                                + " did you mean '$[prop:region]'?",
                        "ERROR base/x.cfg:3: c: $[prop:y/hots]: there is no such key in x and in properties;"
                                + " did you mean '$[prop:y/host]'?");
        assertThat(texts(resolve(tree(), "$[prop:b]"))).hasSize(1);
    }

    @Test
    void printsACircleOfProperties() {
        Resolution resolution = tree().file(
                        "base/x.cfg", "a = $[prop:b]", "b = $[prop:y/c]", "d = $[prop:a]", "e = $[prop:e]")
                .file("base/y.cfg", "c = $[prop:x/a]")
                .resolve("dev");

        assertThat(texts(resolution))
                .contains(
                        PLACE + "the words lead in a circle: x/a -> x/b -> y/c -> x/a",
                        "ERROR base/x.cfg:2: b: the words lead in a circle: x/b -> y/c -> x/a -> x/b",
                        "ERROR base/x.cfg:3: d: the words lead in a circle: x/a -> x/b -> y/c -> x/a",
                        "ERROR base/x.cfg:4: e: $[prop:e]: there is no such key in x and in properties");
    }

    @Test
    void namesTheErrorThatAPropertySuffersFrom() {
        Resolution resolution =
                tree().file("base/x.cfg", "a = $[prop:b]", "b = $[env:NO]").resolve("dev");

        assertThat(texts(resolution)).contains(PLACE + "$[prop:b] has no value, because of an error in base/x.cfg:2");
    }

    @Test
    void endsWhenPropertiesNestDeeplyOrGrow() {
        ConfigTrees deep = tree();
        deep.file(
                "base/x.cfg",
                IntStream.range(0, 500)
                        .mapToObj(number -> "k" + number + " = $[prop:k" + (number + 1) + "]")
                        .toArray(String[]::new));
        assertThat(deep.resolve("dev").problems().stream().map(Problem::code)).contains("word.depth");

        ConfigTrees wide = tree();
        String[] lines = IntStream.range(0, 40)
                .mapToObj(number -> "k" + number + " = " + ("$[prop:k" + (number + 1) + "]").repeat(2))
                .toArray(String[]::new);
        lines[39] = "k39 = 0123456789";
        wide.file("base/x.cfg", lines);
        assertThat(wide.resolve("dev").problems().stream().map(Problem::code)).contains("word.size");
    }

    @Test
    void keepsASecretInClearTextFromOtherKeys() {
        Resolution resolution = tree().file("base/x.cfg", "a = $[prop:b]", "b = hunter2", "c = $[prop:b]")
                .secretKey("x/b")
                .secretKey("x/c")
                .resolve("dev");

        assertThat(texts(resolution)).containsExactly(PLACE + "$[prop:b] is a secret, and this key is none");
        assertThat(raw(resolution, "x", "c")).isEqualTo("hunter2");
    }

    @Test
    void putsInheritedElementsWhereTheyAreNamed() {
        Resolution resolution = tree().file("base/x.cfg", "a = one, two\\, too", "b = x", "c = $[inherited], c")
                .file("environments/prod/x.cfg", "a = zero, $[inherited]", "b = $[inherited]")
                .file("local/x.cfg", "a = $[inherited], $[env:LAST], $[secret:token]")
                .variable("LAST", "p,q")
                .defaults("x/c", "d")
                .resolve("prod");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "a"))
                .isEqualTo(List.of("zero", "one", "two, too", "p,q", new Deferred("$[secret:token]", true)));
        assertThat(raw(resolution, "x", "b")).isEqualTo(List.of("x"));
        assertThat(raw(resolution, "x", "c")).isEqualTo(List.of("d", "c"));
    }

    @Test
    void putsTheElementsOfAPropertyThatIsAListWhereItIsNamed() {
        Resolution resolution = tree().file("base/properties.cfg.json", "{\"few\": [1, \"b,c\"], \"none\": []}")
                .file("base/x.cfg.json", "{\"a\": [\"$[prop:few]\", \"z\", \"$[prop:none]\"]}")
                .file("base/y.cfg", "a = $[prop:few], z", "b = $[prop:few]", "c = z")
                .file("local/y.cfg", "c = $[inherited], $[prop:few]")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "a")).isEqualTo(List.of(1L, "b,c", "z"));
        assertThat(raw(resolution, "y", "a")).isEqualTo(List.of(1L, "b,c", "z"));
        assertThat(raw(resolution, "y", "b")).isEqualTo(List.of(1L, "b,c"));
        assertThat(raw(resolution, "y", "c")).isEqualTo(List.of("z", 1L, "b,c"));
    }

    @Test
    void splitsAPropertyAtItsCommasWhereTheListIsATextToo() {
        Resolution resolution = tree().file("base/properties.cfg", "few = b, c\\, d", "none =")
                .file("base/x.cfg", "a = a", "b = $[prop:few], e")
                .file("local/x.cfg", "a = $[inherited], $[prop:few], $[prop:none], e $[prop:few]")
                .file("local/x.yaml", "y:", "  a: [\"$[prop:few]\", e]")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "a")).isEqualTo(List.of("a", "b", "c, d", "e b, c\\, d"));
        assertThat(raw(resolution, "x", "b")).as("split by the schema").isEqualTo("b, c\\, d, e");
        assertThat(raw(resolution, "y", "a")).isEqualTo(List.of("b, c\\, d", "e"));
    }

    @Test
    void rejectsAListBesideText() {
        ConfigTrees tree = tree().file("base/properties.cfg.json", "{\"few\": [1, 2]}");
        String message = PLACE + "$[prop:few] is a list, and stands beside text";

        assertThat(texts(resolve(tree, "x $[prop:few]"))).containsExactly(message);
        assertThat(texts(resolve(tree, "x, y $[prop:few]"))).containsExactly(message);
    }

    @Test
    void takesNothingOverFromAKeyThatIsUnsetWithBlanksInside() {
        for (String unset : List.of("$[unset]", "$[ unset ]")) {
            Resolution resolution = tree().file("base/x.cfg", "a = 1", "b = 1")
                    .file("environments/prod/x.cfg", "a = " + unset, "b = " + unset)
                    .file("local/x.cfg", "b = $[inherited]")
                    .resolve("prod");

            assertThat(resolution.values().get(ConfigId.parse("x"))).containsOnlyKeys("b");
            assertThat(texts(resolution))
                    .containsExactly("ERROR local/x.cfg:1: b: $[inherited] has nothing to inherit: no lower layer sets"
                            + " the key");
            assertThat(resolution.noEffect("base/x.cfg"))
                    .containsExactly(
                            "no effect: a is unset by environments/prod/x.cfg:1",
                            "no effect: b is unset by environments/prod/x.cfg:2");
        }
    }

    @Test
    void unsetsAKeyWithBlanksAround() {
        Resolution resolution = tree().file("base/x.cfg", "a = 1", "b = 1")
                .file("local/x.yaml", "x:", "  a: \" $[unset] \"", "  b: \"$[unset] \"")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.values().get(ConfigId.parse("x"))).isEmpty();
    }

    @Test
    void saysThatASecretIsUnset() {
        Resolution resolution = tree().file("base/x.cfg", "a = hunter2")
                .file("local/x.cfg", "a = $[unset]")
                .secretKey("x/a")
                .resolve("dev");

        assertThat(resolution.noEffect("base/x.cfg")).containsExactly("no effect: a is unset by local/x.cfg:1");
    }

    @Test
    void tellsWhereAKeyIsUnset() {
        Resolution resolution = tree().file("base/x.cfg", "b = 1", "a = 1")
                .file("local/x.cfg", "", "a = $[unset]")
                .resolve("dev");

        assertThat(resolution.values().get(ConfigId.parse("x"))).containsOnlyKeys("b");
        assertThat(resolution.written(ConfigId.parse("x"), "a").orElseThrow().origin())
                .hasToString("local/x.cfg:2");
    }

    @Test
    void seesAWordThatInheritsAsTheParserDoes() {
        Resolution resolution = tree().file("base/x.cfg", "a = 1", "b = 1")
                .file("local/x.cfg", "a = $[ inherited ], 2", "b = $$[inherited], 2")
                .resolve("dev");

        assertThat(resolution.noEffect("base/x.cfg"))
                .containsExactly("no effect: b is set to $$[inherited], 2 by local/x.cfg:2");
    }

    @Test
    void rejectsInheritingFromNothing() {
        assertThat(texts(resolve(tree(), "$[inherited], x")))
                .containsExactly(PLACE + "$[inherited] has nothing to inherit: no lower layer sets the key");
        assertThat(texts(resolve(tree(), "x $[inherited]")))
                .containsExactly(PLACE + "$[inherited] stands beside text (allowed: as an element of a list, alone)");
        assertThat(texts(tree().file("base/x.cfg", "a = $[unset]")
                        .file("local/x.cfg", "a = $[inherited]")
                        .resolve("dev")))
                .containsExactly(
                        "ERROR local/x.cfg:1: a: $[inherited] has nothing to inherit: no lower layer sets the key");
    }

    @Test
    void unsetsAKey() {
        ConfigTrees tree = tree().file("base/x.cfg", "a = 1", "b = 1")
                .file("environments/prod/x.cfg", "a = $[unset]", "b = $[unset]")
                .file("local/x.cfg", "b = 2");

        Resolution resolution = tree.resolve("prod");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.values().get(ConfigId.parse("x"))).containsOnlyKeys("b");
        assertThat(texts(resolve(tree(), "x$[unset]")))
                .containsExactly(PLACE + "$[unset] stands beside text (allowed: alone, as the whole value)");
    }

    @Test
    void writesTheTextOfAWordWithTwoDollars() {
        assertThat(value(tree(), "$$[env:X] costs $5 or $$5")).isEqualTo("$[env:X] costs $5 or $$5");
        assertThat(value(tree().variable("X", "x"), "$$$[env:X]")).isEqualTo("$x");
        assertThat(value(tree(), "$$$$[x]")).isEqualTo("$$[x]");
    }

    @Test
    void rejectsUnknownWordsWithoutShowingWhatTheyHold() {
        String allowed = "(allowed: $[env:NAME], $[prop:NAME], $[secret:NAME], $[inherited], $[unset];"
                + " for the text $[ write $$[)";

        Resolution resolution = resolve(tree(), "x$[evn:HOME]");
        assertThat(texts(resolution))
                .containsExactly(PLACE + "$[evn:...] is no word " + allowed + "; did you mean 'x$[env:HOME]'?");
        assertThat(resolution.problems().get(0).fixes()).containsExactly(Fix.replace("x$[env:HOME]"));
        assertThat(texts(resolve(tree(), "$[zzzzzz]"))).containsExactly(PLACE + "$[zzzzzz] is no word " + allowed);
        assertThat(texts(resolve(tree(), "$[cipher:k1:AAAA]")))
                .containsExactly(PLACE + "$[cipher:...] needs a store of encrypted values, and there is none");
    }

    @Test
    void rejectsBrokenWords() {
        assertThat(texts(resolve(tree(), "$[env:X")))
                .containsExactly(PLACE + "a word is not closed (allowed: $[KIND:NAME]; for the text $[ write $$[)");
        assertThat(texts(resolve(tree(), "$[env:X;dflt=geheim]")))
                .containsExactly(PLACE + "a word has an option that is none (allowed: default=TEXT)");
        assertThat(texts(resolve(tree(), "$[env:a b]")))
                .containsExactly(PLACE + "$[env:...] has no proper name (allowed: letters, digits and '_')");
        assertThat(texts(resolve(tree(), "$[env:X;default=".repeat(20) + "]".repeat(20))))
                .containsExactly(PLACE + "words are nested too deeply (allowed: 8)");
    }

    @Test
    void takesLocalFilesAndVariablesOfflineOnlyWhenAsked() {
        ConfigTrees tree = tree().file("base/x.cfg", "a = base", "b = base").file("local/x.cfg", "a = local");

        Resolution offline = tree.resolve("dev", Surroundings.offline());
        Resolution local = tree.resolve("dev", Surroundings.offlineWithLocal(Map.of("SNAKE_PIPE_X__B", "var")));

        assertThat(raw(offline, "x", "a")).isEqualTo("base");
        assertThat(raw(offline, "x", "b")).isEqualTo("base");
        assertThat(raw(local, "x", "a")).isEqualTo("local");
        assertThat(raw(local, "x", "b")).isEqualTo("var");
    }

    @Test
    void asksSchemasForNothingWhenNothingIsKnown() {
        Surroundings any = new Surroundings(true, true, Map.of(), Optional.empty(), Overrides.NONE, Clock.systemUTC());
        EnvironmentManager manager = new EnvironmentResolver();

        ConfigFiles files = manager.read(Map.of("base/x.cfg", "a = $[secret:any]".getBytes(StandardCharsets.UTF_8)));
        Resolution resolution = manager.resolve(files, "dev", any, KnownKeys.NOTHING);

        assertThat(resolution.problems()).isEmpty();
    }

    private static Object value(ConfigTrees tree, String text) {
        Resolution resolution = resolve(tree, text);
        assertThat(resolution.problems()).isEmpty();
        return raw(resolution, "x", "a");
    }

    private static Resolution resolve(ConfigTrees tree, String text) {
        return tree.file("base/x.cfg", "a = " + text).resolve("dev");
    }
}
