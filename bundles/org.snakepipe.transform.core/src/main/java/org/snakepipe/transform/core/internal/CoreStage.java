// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.TransformStage;

/** Filter, compute, rename, select. Holds nothing, so any number of threads may use it. */
final class CoreStage implements TransformStage {
    private final Optional<JexlExpression> filter;
    private final List<Expressions.Assignment> assignments;
    private final Map<String, String> renames;
    private final List<String> fields;

    CoreStage(
            Optional<JexlExpression> filter,
            List<Expressions.Assignment> assignments,
            Map<String, String> renames,
            List<String> fields) {
        this.filter = filter;
        this.assignments = List.copyOf(assignments);
        this.renames = renames;
        this.fields = fields;
    }

    @Override
    public void apply(Record record, Consumer<Record> output) throws RejectedRecords, InterruptedException {
        if (filter.isPresent() && !isWanted(filter.get(), record)) {
            return;
        }
        if (assignments.isEmpty() && renames.isEmpty() && fields.isEmpty()) {
            output.accept(record);
            return;
        }
        output.accept(record.withValue(select(rename(compute(record)))));
    }

    private static boolean isWanted(JexlExpression expression, Record record)
            throws RejectedRecords, InterruptedException {
        Object result = evaluate("filter", expression, record, record.value());
        if (result instanceof Boolean wanted) {
            return wanted;
        }
        throw new RejectedRecords(
                record,
                "filter: '" + expression.getSourceText() + "' gives " + name(result) + " (allowed: true or false)");
    }

    private Map<String, Object> compute(Record record) throws RejectedRecords, InterruptedException {
        Map<String, Object> value = new LinkedHashMap<>(record.value());
        for (Expressions.Assignment assignment : assignments) {
            String what = "compute " + assignment.field();
            Object result = evaluate(what, assignment.expression(), record, value);
            Optional<Object> allowed = Values.allowed(result);
            if (result != null && allowed.isEmpty()) {
                throw new RejectedRecords(
                        record,
                        what + ": '" + assignment.expression().getSourceText() + "' gives " + name(result)
                                + " (allowed: text, numbers, booleans, times, lists and maps)");
            }
            value.put(assignment.field(), allowed.orElse(null));
        }
        return value;
    }

    private static Object evaluate(String what, JexlExpression expression, Record record, Map<String, Object> fields)
            throws RejectedRecords, InterruptedException {
        try {
            return expression.evaluate(new RecordContext(record, fields));
        } catch (JexlException.Cancel e) {
            throw (InterruptedException) new InterruptedException("the pipeline is stopping").initCause(e);
        } catch (JexlException e) {
            throw new RejectedRecords(record, what + ": '" + expression.getSourceText() + "' fails: " + Reasons.of(e));
        }
    }

    private Map<String, Object> rename(Map<String, Object> value) {
        if (renames.isEmpty()) {
            return value;
        }
        Map<String, Object> renamed = new LinkedHashMap<>();
        value.forEach((field, content) -> renamed.put(renames.getOrDefault(field, field), content));
        return renamed;
    }

    private Map<String, Object> select(Map<String, Object> value) {
        if (fields.isEmpty()) {
            return value;
        }
        Map<String, Object> selected = new LinkedHashMap<>();
        for (String field : fields) {
            selected.put(field, value.get(field));
        }
        return selected;
    }

    private static String name(Object object) {
        return object == null ? "null" : object.getClass().getSimpleName();
    }
}
