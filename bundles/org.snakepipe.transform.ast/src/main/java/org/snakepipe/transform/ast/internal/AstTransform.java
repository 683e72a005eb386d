// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.ast.internal;

import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.api.plugin.Plugin;

/** Explodes the syntax tree of one source file into one record for the file and one for each node. */
@Plugin(kind = Plugin.Kind.transform, name = "ast")
@Component(
        service = Transform.class,
        configurationPid = AstTransform.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AstTransform.Config.class, factory = true)
public final class AstTransform implements Transform, TransformStage {
    /** Factory PID. */
    public static final String PID = "snakepipe.transform.ast";

    @ObjectClassDefinition(
            name = "Syntax tree transform",
            description =
                    "Explodes a document with the syntax tree of a source file into a record of type 'file' and one of"
                            + " type 'node' for each type, field, constructor, method and call in it.")
    @interface Config {
        @AttributeDefinition(
                name = "Node kinds",
                description = "Only nodes of these kinds become records. None named: all do.",
                options = {
                    @Option(label = "class", value = "class"),
                    @Option(label = "interface", value = "interface"),
                    @Option(label = "enum", value = "enum"),
                    @Option(label = "record", value = "record"),
                    @Option(label = "annotation", value = "annotation"),
                    @Option(label = "field", value = "field"),
                    @Option(label = "constructor", value = "constructor"),
                    @Option(label = "method", value = "method"),
                    @Option(label = "call", value = "call")
                })
        String[] node_kinds() default {};

        @AttributeDefinition(
                name = "Most nodes",
                description = "A document with more nodes is rejected, so that one cannot fill the memory.",
                min = "1",
                max = "10000000")
        int max_nodes() default 100_000;
    }

    private final Set<String> kinds;
    private final int most;

    /**
     * Takes the settings.
     *
     * @param config the settings
     */
    @Activate
    public AstTransform(Config config) {
        kinds = Set.of(config.node_kinds());
        most = config.max_nodes();
    }

    @Override
    public TransformStage open(OpenContext context) {
        return this;
    }

    @Override
    public void apply(Record record, Consumer<Record> output) throws RejectedRecords {
        try {
            new Explosion(record, kinds, most).records().forEach(output);
        } catch (DocumentException e) {
            throw new RejectedRecords(record, e.getMessage());
        }
    }
}
