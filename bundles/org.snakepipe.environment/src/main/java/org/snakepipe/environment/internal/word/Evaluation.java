// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.environment.internal.word.Template.Word;

/** Resolves the words of one set of layers. Not thread-safe. */
final class Evaluation {
    static final int MOST_NESTED = 64;

    private final KnownKeys known;
    private final TextWords texts;
    private final ListWords lists;
    private final Properties properties;
    private final Map<Reference, Meaning> done = new HashMap<>();
    private final Set<Reference> way = new LinkedHashSet<>();

    /**
     * Begins.
     *
     * @param secrets the names of secrets; empty when every name is good
     * @param written the winning values of a configuration, still with words; {@code null} when there is no such one
     */
    Evaluation(
            Surroundings surroundings,
            Optional<SecretNames> secrets,
            KnownKeys known,
            Function<ConfigId, Map<String, ConfigValue>> written) {
        this.known = known;
        this.texts = new TextWords(new Words(surroundings, secrets), this);
        this.lists = new ListWords(known, texts, this);
        this.properties = new Properties(written);
    }

    /** What one value comes to. */
    Meaning of(Reference reference, ConfigValue value) {
        way.add(reference);
        try {
            return meaning(reference, value);
        } catch (WordException e) {
            return new Meaning.Broken(e, List.of());
        } catch (CycleException e) {
            return new Meaning.Broken(e.reason(), e.cycle());
        } finally {
            way.remove(reference);
        }
    }

    private Meaning meaning(Reference reference, ConfigValue value) throws WordException, CycleException {
        Object raw = value.raw();
        if (!Template.mayHoldWord(raw)) {
            return new Meaning.Value(raw);
        }
        if (!(raw instanceof String text)) {
            return new Meaning.Value(lists.elements(reference, value));
        }
        Template template = reference.read(text, true);
        if (template.isUnset()) {
            return new Meaning.Unset();
        }
        if (lists.isList(text, template, reference)) {
            return new Meaning.Value(lists.elements(reference, value));
        }
        return new Meaning.Value(texts.filled(template, reference));
    }

    /** What a property holds, or its default. */
    Object property(Word word, Reference reference) throws WordException, CycleException {
        Optional<Reference> target = properties.find(word, reference);
        if (target.isPresent()) {
            Meaning meaning = referred(target.get(), word);
            if (meaning instanceof Meaning.Value value) {
                checkSecret(target.get(), reference, word, value.raw());
                return value.raw();
            }
            if (meaning instanceof Meaning.Broken broken) {
                broken.reason().throwIfEndless();
                String place = properties.written(target.get()).origin().toString();
                throw new WordException(
                        "word.prop",
                        word.shown() + " has no value, because of an error in " + place + Words.escape(word));
            }
        }
        if (word.fallback() == null) {
            String message = word.shown() + ": there is no such key in " + reference.id() + " and in properties"
                    + Words.escape(word);
            throw new WordException("word.prop", message, word.source(), properties.meant(word, reference));
        }
        return texts.text(word.fallback(), reference);
    }

    private Meaning referred(Reference target, Word word) throws WordException, CycleException {
        Meaning known = done.get(target);
        if (known != null) {
            return known;
        }
        if (way.contains(target)) {
            throw CycleException.of(way, target);
        }
        if (way.size() > MOST_NESTED) {
            throw tooDeep();
        }
        Meaning meaning = of(target, properties.written(target));
        if (meaning instanceof Meaning.Broken broken && !broken.cycle().isEmpty()) {
            throw new CycleException(broken.reason(), broken.cycle());
        }
        if (!(meaning instanceof Meaning.Broken)) {
            done.put(target, meaning);
        }
        return meaning;
    }

    /** A secret that stays a word is refused by the schema; one in clear text has to be stopped here. */
    private void checkSecret(Reference target, Reference from, Word word, Object raw) throws WordException {
        boolean stays = raw instanceof Deferred deferred && deferred.secret();
        if (!stays && !from.secret() && known.isSecret(target.id().pid(), target.key())) {
            throw new WordException("word.leak", word.shown() + " is a secret, and this key is none");
        }
    }

    static WordException tooDeep() {
        return new WordException(
                "word.depth", "refers to a key that refers to a key, and so on (allowed: " + MOST_NESTED + " times)");
    }
}
