// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.environment;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A definition that shows which values reached it. */
@Component(service = Probe.class, configurationPid = Probe.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Probe.Config.class, factory = true)
public final class Probe {
    static final String PID = "snakepipe.itest.probe";

    @ObjectClassDefinition(name = "Probe")
    @interface Config {
        @AttributeDefinition(min = "1", max = "100")
        int size() default 7;

        String region();

        String[] tags() default {};

        boolean loud() default false;
    }

    private final int size;
    private final String region;
    private final List<String> tags;

    /**
     * Takes the values.
     *
     * @param config the values
     */
    @Activate
    public Probe(Config config) {
        size = config.size();
        region = config.region();
        tags = List.of(config.tags());
    }

    @Override
    public String toString() {
        return size + " " + region + " " + tags;
    }
}
