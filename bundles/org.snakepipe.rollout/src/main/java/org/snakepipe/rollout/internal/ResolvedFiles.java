// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.Resolution;

/**
 * The provenance of values that were resolved from files.
 *
 * @param manager    who resolved them
 * @param files      from what
 * @param paths      of these files and of overrides
 * @param resolution what came of it
 */
record ResolvedFiles(EnvironmentManager manager, ConfigFiles files, Set<String> paths, Resolution resolution)
        implements Provenance {
    @Override
    public List<String> sources(ConfigId id) {
        return resolution.sources(id).stream().filter(paths::contains).toList();
    }

    @Override
    public Map<ConfigId, Problem> doubts() {
        return resolution.doubts();
    }

    @Override
    public List<String> noEffect(String path) {
        return resolution.noEffect(path);
    }

    @Override
    public boolean counts(String path) {
        return Disk.isOverride(path) || resolution.counts(path);
    }

    @Override
    public List<EnvironmentInfo> environments() {
        String active = resolution.environment().name();
        return manager.environments(files).list().stream()
                .map(known -> new EnvironmentInfo(
                        known.name(),
                        known.ancestors(),
                        known.description(),
                        known.name().equals(active)))
                .toList();
    }

    @Override
    public Optional<Instant> nextExpiry() {
        return resolution.nextExpiry();
    }

    @Override
    public boolean isGuarded() {
        return resolution.environment().guarded() && !resolution.environment().autoApply();
    }
}
