// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.validate.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.config.Pattern;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.api.plugin.Plugin;

/** Lets records pass that have what they must have, and rejects the others with everything that is wrong with them. */
@Plugin(kind = Plugin.Kind.transform, name = "validate")
@Component(
        service = Transform.class,
        configurationPid = ValidateTransform.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ValidateTransform.Config.class, factory = true)
public final class ValidateTransform implements Transform, TransformStage {
    /** Factory PID. */
    public static final String PID = "snakepipe.transform.validate";

    @ObjectClassDefinition(
            name = "Validate transform",
            description = "Rejects records that lack fields or have fields of another type. Paths are dotted: at.line.")
    @interface Config {
        @AttributeDefinition(
                name = "Required",
                description = "Paths of fields that must be there, and be neither null nor empty text.")
        String[] required() default {};

        @AttributeDefinition(
                name = "Types",
                description =
                        "path:type, where type is string, number, boolean, list or object. Fields that are not there"
                                + " pass, unless they are required.")
        @Pattern(
                value = ".+:\\s*(string|number|boolean|list|object)\\s*",
                hint = "path:type, where type is string, number, boolean, list or object")
        String[] types() default {};
    }

    private final List<List<String>> required = new ArrayList<>();
    private final Map<List<String>, FieldType> types = new LinkedHashMap<>();

    /**
     * Takes the settings.
     *
     * @param config the settings
     * @throws IllegalArgumentException if a type cannot be understood; the message names all of them
     */
    @Activate
    public ValidateTransform(Config config) {
        List<String> problems = new ArrayList<>();
        for (String path : config.required()) {
            required.add(List.of(path.split("\\.")));
        }
        for (String text : config.types()) {
            int colon = text.lastIndexOf(':');
            Optional<FieldType> type = colon < 1
                    ? Optional.empty()
                    : FieldType.of(text.substring(colon + 1).trim());
            if (type.isEmpty()) {
                problems.add("types: '" + text + "' is no field with a type (allowed: path:" + FieldType.names() + ")");
            } else {
                types.put(List.of(text.substring(0, colon).trim().split("\\.")), type.get());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    @Override
    public TransformStage open(OpenContext context) {
        return this;
    }

    @Override
    public void apply(Record record, Consumer<Record> output) throws RejectedRecords {
        List<String> problems = new ArrayList<>();
        for (List<String> path : required) {
            Object value = value(record.value(), path);
            if (value == null || value.equals("")) {
                problems.add(String.join(".", path) + (value == null ? " is missing" : " is empty"));
            }
        }
        types.forEach((path, type) -> {
            Object value = value(record.value(), path);
            if (value != null && !type.fits(value)) {
                problems.add(String.join(".", path) + " is a " + FieldType.name(value) + " (allowed: " + type + ")");
            }
        });
        if (!problems.isEmpty()) {
            throw new RejectedRecords(record, String.join("; ", problems));
        }
        output.accept(record);
    }

    private static Object value(Object root, List<String> path) {
        Object value = root;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }
}
