// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.ListText;
import org.snakepipe.validation.edit.Part.Kind;
import org.snakepipe.validation.edit.Part.Pair;

/** A YAML or JSON file: keys in mappings, mappings in one another. */
final class TreeText implements Document {
    private static final String DESCRIPTION = "environment";

    private final String text;
    private final Part root;
    private final Notation notation;
    private final boolean oneBlock;

    /** With its parts. @param oneBlock whether it holds one configuration, without its id */
    TreeText(String text, Part root, Notation notation, boolean oneBlock) {
        this.text = text;
        this.root = root;
        this.notation = notation;
        this.oneBlock = oneBlock;
    }

    /** A key, in the mapping that it belongs to. @param prefix what stands before it in the name of the key */
    private record Place(Part mapping, int index, String prefix) {
        Pair pair() {
            return mapping.pairs().get(index);
        }
    }

    @Override
    public Optional<String> with(Problem problem, Fix fix) {
        if (root == null || !root.isMapping()) {
            return Optional.empty();
        }
        if (fix.kind() == Fix.Kind.ADD) {
            return block(problem).flatMap(pair -> new PairAddition(text, notation).to(pair, fix.key(), fix.value()));
        }
        return problem.origin().flatMap(this::place).flatMap(place -> switch (fix.kind()) {
            case RENAME -> renamed(place, fix.key());
            case REPLACE -> replaced(place.pair().value(), fix.value(), isFlow(place.mapping()));
            case REMOVE -> new PairRemoval(text).of(place.mapping(), place.index());
            case ADD -> Optional.empty();
        });
    }

    private static boolean isFlow(Part part) {
        return part.kind() == Kind.FLOW_MAPPING || part.kind() == Kind.FLOW_LIST;
    }

    /** The mapping of a configuration, as the value of its key; the whole text has no key. */
    private Optional<Pair> block(Problem problem) {
        if (oneBlock) {
            return Optional.of(new Pair(null, root));
        }
        String name = problem.id().map(Object::toString).orElse(DESCRIPTION);
        return root.pairs().stream()
                .filter(pair -> pair.key().text().equals(name))
                .findFirst();
    }

    private Optional<Place> place(Origin origin) {
        if (oneBlock) {
            return place(root, "", origin);
        }
        return root.pairs().stream()
                .map(Pair::value)
                .filter(Part::isMapping)
                .flatMap(mapping -> place(mapping, "", origin).stream())
                .findFirst();
    }

    private static Optional<Place> place(Part mapping, String prefix, Origin origin) {
        for (int index = 0; index < mapping.pairs().size(); index++) {
            Pair pair = mapping.pairs().get(index);
            if (pair.key().line() == origin.line() && pair.key().column() == origin.column()) {
                return Optional.of(new Place(mapping, index, prefix));
            }
            if (pair.value().isMapping()) {
                Optional<Place> inner = place(pair.value(), prefix + pair.key().text() + ".", origin);
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }

    /** A type behind the key, as JSON has it, stays. */
    private Optional<String> renamed(Place place, String key) {
        Part old = place.pair().key();
        if (!key.startsWith(place.prefix()) || key.length() == place.prefix().length() || !old.isScalar()) {
            return Optional.empty();
        }
        int colon = notation instanceof JsonNotation ? old.text().lastIndexOf(':') : -1;
        String type = colon < 0 ? "" : old.text().substring(colon);
        String name = key.substring(place.prefix().length()) + type;
        return Optional.of(spliced(old, notation.like(old, name, true)));
    }

    private Optional<String> replaced(Part old, String wanted, boolean flow) {
        if (old.isScalar() && old.end() > old.start()) {
            return Optional.of(spliced(old, notation.like(old, Elements.inPlace(old.text(), wanted), flow)));
        }
        List<String> elements = ListText.split(wanted);
        if (!old.isList()
                || elements.size() != old.items().size()
                || !old.items().stream().allMatch(Part::isScalar)) {
            return Optional.empty();
        }
        StringBuilder mended = new StringBuilder(text);
        for (int index = elements.size() - 1; index >= 0; index--) {
            Part item = old.items().get(index);
            if (!item.text().equals(elements.get(index))) {
                mended.replace(item.start(), item.end(), notation.like(item, elements.get(index), isFlow(old)));
            }
        }
        return Optional.of(mended.toString());
    }

    private String spliced(Part old, String with) {
        return new StringBuilder(text).replace(old.start(), old.end(), with).toString();
    }
}
