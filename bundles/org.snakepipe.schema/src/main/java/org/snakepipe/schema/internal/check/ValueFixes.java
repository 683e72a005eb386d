// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakepipe.api.config.Fix;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.ListText;

/** What a wrong value should be: what was probably meant, then what others write. Never for a secret. Immutable. */
final class ValueFixes {
    private static final int MOST = 3;

    private final Attribute attribute;
    private final AttributeCheck check;

    ValueFixes(Attribute attribute, AttributeCheck check) {
        this.attribute = attribute;
        this.check = check;
    }

    /** For a key that has one value. */
    List<Fix> of(Object raw, RejectedValueException rejection, Findings findings) {
        if (attribute.isSecret()) {
            return List.of();
        }
        Set<Fix> fixes = new LinkedHashSet<>();
        rejection.meant().forEach(value -> fixes.add(Fix.replace(value)));
        for (String other : findings.elsewhere(attribute.key())) {
            if (!other.equals(raw) && isRight(ListText.plain(other))) {
                fixes.add(Fix.replaceAsElsewhere(other));
            }
        }
        return fixes.stream().limit(MOST).toList();
    }

    /** For one element: the whole list, with another element in its place. */
    List<Fix> of(List<?> list, int index, RejectedValueException rejection) {
        if (attribute.isSecret()) {
            return List.of();
        }
        List<Fix> fixes = new ArrayList<>();
        for (String meant : rejection.meant()) {
            List<Object> mended = new ArrayList<>(list);
            mended.set(index, meant);
            fixes.add(Fix.replace(ListText.join(mended)));
        }
        return fixes;
    }

    private boolean isRight(String text) {
        try {
            check.read(text);
            return true;
        } catch (RejectedValueException e) {
            return false;
        }
    }
}
