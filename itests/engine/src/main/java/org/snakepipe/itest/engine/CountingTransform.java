// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.StateStore;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.api.pipeline.TransformStage;

/** A plugin that numbers records, one by one, and goes on counting when it is opened anew. */
@Component(
        service = Transform.class,
        configurationPid = CountingTransform.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CountingTransform.Config.class, factory = true)
public final class CountingTransform implements Transform {
    static final String PID = "snakepipe.transform.counting";

    private static final String COUNT = "count";

    @ObjectClassDefinition(name = "Counting")
    @interface Config {
        String label();
    }

    private final String label;

    /**
     * Takes the settings.
     *
     * @param config the settings
     */
    @Activate
    public CountingTransform(Config config) {
        this.label = config.label();
    }

    @Override
    public TransformStage open(OpenContext context) {
        StateStore state = context.state();
        return (record, output) -> {
            long count = state.get(COUNT).map(Long::parseLong).orElse(0L) + 1;
            state.put(COUNT, Long.toString(count));
            Map<String, Object> value = new LinkedHashMap<>(record.value());
            value.put("label", label);
            value.put("count", count);
            output.accept(record.withValue(value));
        };
    }
}
