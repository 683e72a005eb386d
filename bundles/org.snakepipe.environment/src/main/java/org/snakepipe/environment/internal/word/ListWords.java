// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.internal.source.ListText;
import org.snakepipe.environment.internal.word.Template.Word;

/** Puts the elements that words stand for into the list around them. Not thread-safe. */
final class ListWords {
    private final KnownKeys known;
    private final TextWords texts;
    private final Evaluation evaluation;

    ListWords(KnownKeys known, TextWords texts, Evaluation evaluation) {
        this.known = known;
        this.texts = texts;
        this.evaluation = evaluation;
    }

    /** Whether a text is a list for sure, as one of its elements stands for several: the schema is asked later. */
    boolean isList(String text, Template template, Reference reference) throws WordException, CycleException {
        if (template.holds(Words.INHERITED)) {
            return true;
        }
        if (template.onlyWord() != null || !template.holds(Words.PROP) || text.indexOf(',') < 0) {
            return false;
        }
        for (String element : ListText.split(text)) {
            Word only = Template.mayHoldWord(element)
                    ? reference.read(element, false).onlyWord()
                    : null;
            if (only != null
                    && only.kind().equals(Words.PROP)
                    && evaluation.property(only, reference) instanceof List) {
                return true;
            }
        }
        return false;
    }

    /** The elements of a list, each with its words resolved, those of other lists in the place of their words. */
    List<Object> elements(Reference reference, ConfigValue value) throws WordException, CycleException {
        return elements(reference, value, 0);
    }

    private List<Object> elements(Reference reference, ConfigValue value, int depth)
            throws WordException, CycleException {
        boolean typed = value.raw() instanceof List;
        List<?> raw = value.raw() instanceof String text ? ListText.split(text) : list(value.raw());
        List<Object> elements = new ArrayList<>();
        for (Object element : raw) {
            if (!(element instanceof String text) || !Template.mayHoldWord(text)) {
                elements.add(element);
                continue;
            }
            Template template = reference.read(text, typed);
            Word only = template.onlyWord();
            if (only != null && only.kind().equals(Words.INHERITED)) {
                elements.addAll(inherited(reference, value, depth));
            } else if (only != null && only.kind().equals(Words.PROP)) {
                elements.addAll(several(evaluation.property(only, reference), typed));
            } else {
                elements.add(texts.filled(template, reference));
            }
        }
        return List.copyOf(elements);
    }

    private static List<?> list(Object raw) {
        return raw instanceof List<?> list ? list : List.of(raw);
    }

    /** In a list that is a text, a text brings its commas, as it does where the schema splits both together. */
    private static List<?> several(Object property, boolean typed) {
        return property instanceof String text && !typed ? ListText.split(text) : list(property);
    }

    private List<?> inherited(Reference reference, ConfigValue value, int depth) throws WordException, CycleException {
        List<ConfigValue> lower = value.shadowed();
        boolean unset = !lower.isEmpty() && Template.isUnset(lower.get(0).raw());
        if (lower.isEmpty() || unset) {
            List<String> defaults = known.defaults(reference.id().pid(), reference.key());
            if (defaults.isEmpty() || unset) {
                throw new WordException(
                        "word.inherited", "$[inherited] has nothing to inherit: no lower layer sets the key");
            }
            return defaults;
        }
        if (depth > Evaluation.MOST_NESTED) {
            throw Evaluation.tooDeep();
        }
        ConfigValue next = lower.get(0);
        return elements(
                reference, new ConfigValue(next.raw(), next.origin(), lower.subList(1, lower.size())), depth + 1);
    }
}
