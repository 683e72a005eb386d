// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.util.Map;
import org.apache.commons.jexl3.JexlContext;
import org.snakepipe.api.pipeline.Record;

/** What an expression sees: the fields by name, and {@code meta} and {@code key} where no field is called so. */
final class RecordContext implements JexlContext {
    private final Record record;
    private final Map<String, Object> fields;

    RecordContext(Record record, Map<String, Object> fields) {
        this.record = record;
        this.fields = fields;
    }

    @Override
    public Object get(String name) {
        if (fields.containsKey(name)) {
            return fields.get(name);
        }
        return switch (name) {
            case "meta" -> record.meta();
            case "key" -> record.key().orElse(null);
            default -> null;
        };
    }

    /** Every name is known: a field that is not there is {@code null}, as in data that leaves out what it does not know. */
    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void set(String name, Object value) {
        throw new UnsupportedOperationException("expressions cannot assign");
    }
}
