// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.House;
import org.snakepipe.rollout.internal.ServicePids;

/** Asks SCR what became of the components that configurations are for. */
final class ComponentLook {
    private static final String CAUSED_BY = "Caused by: ";

    private final ServiceComponentRuntime runtime;

    ComponentLook(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    Map<ConfigId, String> look(Map<ConfigId, Map<String, Object>> wanted) {
        Map<String, ConfigId> ids = new HashMap<>();
        Set<String> families = new HashSet<>();
        wanted.keySet().forEach(id -> {
            ids.put(id.toString(), id);
            families.add(id.pid());
        });
        Map<ConfigId, String> wrong = new TreeMap<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            if (Arrays.stream(description.configurationPid).noneMatch(families::contains)) {
                continue;
            }
            for (ComponentConfigurationDTO component : runtime.getComponentConfigurationDTOs(description)) {
                for (String pid : ServicePids.of(component.properties.get("service.pid"))) {
                    ConfigId id = ids.get(pid);
                    String reason = id == null ? "" : wrong(component, wanted.get(id));
                    if (!reason.isEmpty()) {
                        wrong.put(id, id + " does not come up: " + reason);
                    }
                }
            }
        }
        return wrong;
    }

    /** A state that looks well says nothing when the values are those of before. */
    private static String wrong(ComponentConfigurationDTO component, Map<String, Object> wanted) {
        return switch (component.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> lastCause(component.failure);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> "it waits for " + references(component);
            case ComponentConfigurationDTO.SATISFIED, ComponentConfigurationDTO.ACTIVE -> {
                Object fingerprint = wanted.get(House.FINGERPRINT);
                yield fingerprint == null || fingerprint.equals(component.properties.get(House.FINGERPRINT))
                        ? ""
                        : "it still has its values of before";
            }
            default -> "it is not enabled (state " + component.state + ")";
        };
    }

    private static String references(ComponentConfigurationDTO component) {
        List<String> names = new ArrayList<>();
        for (UnsatisfiedReferenceDTO reference : component.unsatisfiedReferences) {
            names.add(reference.name + (reference.target == null ? "" : " " + reference.target));
        }
        return String.join(", ", names);
    }

    /** SCR gives a stack trace; the innermost cause is what its author wrote. */
    private static String lastCause(String failure) {
        String cause = "its constructor failed";
        if (failure != null) {
            cause = failure.lines().findFirst().orElse(cause);
            for (String line : failure.lines().toList()) {
                if (line.startsWith(CAUSED_BY)) {
                    cause = line.substring(CAUSED_BY.length());
                }
            }
        }
        return cause;
    }
}
