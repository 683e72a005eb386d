// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.osgi;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Environments;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.Surroundings;

/** Offers an {@link EnvironmentResolver} as a service. */
@Component
public final class EnvironmentComponent implements EnvironmentManager {
    private final EnvironmentManager resolver = new EnvironmentResolver();

    /** Reads nothing. */
    @Activate
    public EnvironmentComponent() {
        // Everything comes with the calls.
    }

    @Override
    public ConfigFiles read(Map<String, byte[]> files) {
        return resolver.read(files);
    }

    @Override
    public Resolution resolve(ConfigFiles base, String name, Surroundings surroundings, KnownKeys known) {
        return resolver.resolve(base, name, surroundings, known);
    }

    @Override
    public Environments environments(ConfigFiles base) {
        return resolver.environments(base);
    }
}
