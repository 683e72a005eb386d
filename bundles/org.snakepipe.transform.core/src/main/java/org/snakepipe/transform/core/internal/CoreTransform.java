// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.api.plugin.Plugin;

/** Filters, computes, renames and selects fields. */
@Plugin(kind = Plugin.Kind.transform, name = "core")
@Component(
        service = Transform.class,
        configurationPid = CoreTransform.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CoreTransform.Config.class, factory = true)
public final class CoreTransform implements Transform {
    /** Factory PID. */
    public static final String PID = "snakepipe.transform.core";

    @ObjectClassDefinition(
            name = "Core transform",
            description =
                    "Filters, computes, renames and selects the fields of a record, in this order. Expressions are"
                            + " Apache Commons JEXL 3 without loops, scripts, assignments, method calls and object creation; the"
                            + " functions are those of text: and number:.")
    @interface Config {
        @AttributeDefinition(
                name = "Filter",
                description = "Keeps a record when this expression is true: kind == 'method' && complexity >= 8. Fields"
                        + " go by their names, 'meta' has what is known beside them, 'key' is the key. A field that is"
                        + " not there is null. Empty: keeps all.")
        String filter() default "";

        @AttributeDefinition(
                name = "Compute",
                description = "Sets fields, one after the other: name = expression; other = expression.")
        String compute() default "";

        @AttributeDefinition(
                name = "Rename",
                description = "Gives fields other names: old=new. A field that is not" + " there is passed over.")
        String[] rename() default {};

        @AttributeDefinition(
                name = "Fields",
                description =
                        "Keeps these fields, in this order; one that is not there is null. None named: keeps all.")
        String[] fields() default {};
    }

    private final CoreStage stage;

    /**
     * Compiles the settings.
     *
     * @param config the settings
     * @throws IllegalArgumentException if an expression or a rename cannot be understood; the message names all of them
     */
    @Activate
    public CoreTransform(Config config) {
        List<String> problems = new ArrayList<>();
        Expressions expressions = new Expressions(problems);
        stage = new CoreStage(
                expressions.filter(config.filter()),
                expressions.assignments(config.compute()),
                Renames.parse(config.rename(), problems),
                List.of(config.fields()));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** The stage holds nothing that has to be opened, so all borrowers share one. */
    @Override
    public TransformStage open(OpenContext context) {
        return stage;
    }
}
