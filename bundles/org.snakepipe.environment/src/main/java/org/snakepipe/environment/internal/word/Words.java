// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.environment.internal.word.Template.Word;

/** Resolves the words that the files alone cannot resolve: environment variables and secrets. */
final class Words {
    static final String ENV = "env";
    static final String PROP = "prop";
    static final String SECRET = "secret";
    static final String INHERITED = "inherited";
    static final String UNSET = "unset";

    private static final List<String> KINDS = List.of(ENV, INHERITED, PROP, SECRET, UNSET);
    private static final String ALLOWED = "(allowed: $[env:NAME], $[prop:NAME], $[secret:NAME], $[inherited], $[unset];"
            + " for the text $[ write $$[)";
    private static final String CIPHER = "cipher";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.~/-]+");
    /** What opens the store of secrets, or the house, enters no configuration. */
    private static final Set<String> RESERVED =
            Set.of("SNAKE_PIPE_MASTER_KEY", "SNAKE_PIPE_MASTER_KEY_FILE", "SNAKE_PIPE_TOKEN");
    /** Secrets that come from variables have names that begin so. */
    private static final String SECRET_VARIABLES = "SNAKE_PIPE_SECRET_";

    private final Surroundings surroundings;
    private final Optional<SecretNames> secrets;

    Words(Surroundings surroundings, Optional<SecretNames> secrets) {
        this.surroundings = surroundings;
        this.secrets = secrets;
    }

    /**
     * The value of a variable.
     *
     * @return empty when it is not set, which may be right where the configuration is going to run
     */
    Optional<String> variable(Word word) throws WordException {
        checkVariable(word);
        return Optional.ofNullable(surroundings.variables().get(word.name()));
    }

    /** Whether the name of a word is one that its kind may have. */
    static boolean isProper(Word word) {
        return switch (word.kind()) {
            case ENV -> VARIABLE.matcher(word.name()).matches();
            case SECRET -> SECRET_NAME.matcher(word.name()).matches();
            case PROP -> KEY.matcher(word.name()).matches();
            default -> false;
        };
    }

    /** What helps whoever meant no word: said where the word itself is not shown. */
    static String escape(Word word) {
        return word.veiled() ? "; for the text $[ write $$[" : "";
    }

    static void checkVariable(Word word) throws WordException {
        check(word, VARIABLE, "letters, digits and '_'");
        if (RESERVED.contains(word.name())) {
            throw new WordException("word.reserved", word.shown() + " may not enter a configuration" + escape(word));
        }
        if (word.name().startsWith(SECRET_VARIABLES)) {
            throw new WordException(
                    "word.reserved",
                    word.shown() + " is a secret, and would show (allowed: $[secret:NAME])" + escape(word));
        }
    }

    /** Says that a variable is missing, unless that may be right elsewhere. */
    void missing(Word word) throws WordException {
        if (surroundings.live()) {
            String variable = word.veiled()
                    ? "there is no such environment variable as " + word.shown() + " names"
                    : "there is no environment variable " + word.name();
            String message = variable + ", and the word has no default" + escape(word);
            throw new WordException(
                    "word.env",
                    message,
                    word.source(),
                    meant(word, surroundings.variables().keySet()));
        }
    }

    static void checkSecretName(Word word) throws WordException {
        check(word, SECRET_NAME, "letters, digits, '_', '.', '/' and '-'");
        if (word.fallback() != null) {
            throw new WordException(
                    "word.default",
                    word.shown() + " has a default: that would be a secret for all to see" + escape(word));
        }
    }

    void checkSecret(Word word) throws WordException {
        checkSecretName(word);
        if (secrets.isPresent() && !exists(word, secrets.get())) {
            String message = word.veiled()
                    ? "there is no such secret as " + word.shown() + " names" + escape(word)
                    : "there is no secret " + word.name();
            throw new WordException(
                    "word.secret",
                    message,
                    word.source(),
                    meant(word, secrets.get().names()));
        }
    }

    private static boolean exists(Word word, SecretNames names) throws WordException {
        try {
            return names.exists(word.name());
        } catch (IOException e) {
            // The reason names the secret too, as a file for example.
            String message = word.veiled()
                    ? word.shown() + " names a secret that cannot be read" + escape(word)
                    : "the secret " + word.name() + " cannot be read: " + e.getMessage();
            throw new WordException("secret.unreadable", message);
        }
    }

    /** Shows no more than the kind: what follows may be a secret. */
    static WordException unknown(Word word) {
        if (word.kind().equals(CIPHER)) {
            return new WordException(
                    "word.cipher", "$[cipher:...] needs a store of encrypted values, and there is none");
        }
        if (word.veiled()) {
            return new WordException("word.unknown", "the value holds $[...] that is no word " + ALLOWED);
        }
        List<String> meant = new ArrayList<>();
        for (String kind : Suggestions.nearest(word.kind(), KINDS)) {
            meant.add(Template.OPEN
                    + kind
                    + word.source()
                            .substring(Template.OPEN.length() + word.kind().length()));
        }
        String message = "$[" + word.kind() + (word.name().isEmpty() ? "" : ":...") + "] is no word " + ALLOWED;
        return new WordException("word.unknown", message, word.source(), meant);
    }

    private static void check(Word word, Pattern names, String allowed) throws WordException {
        if (!names.matcher(word.name()).matches()) {
            throw new WordException(
                    "word.syntax", "$[" + word.kind() + ":...] has no proper name (allowed: " + allowed + ")");
        }
    }

    static List<String> meant(Word word, Collection<String> names) {
        if (word.veiled()) {
            return List.of();
        }
        return Suggestions.nearest(word.name(), names).stream()
                .map(name -> word.source().replace(":" + word.name(), ":" + name))
                .toList();
    }
}
