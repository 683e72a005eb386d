// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.snakepipe.verbs.Services;
import org.snakepipe.verbs.Verb;
import org.snakepipe.verbs.Verbs;

/** Each verb as a command of Gogo: {@code pipeline:show}; those without a scope are in {@code snakepipe}. */
@Component(
        service = {},
        immediate = true)
public final class GogoCommands {
    private static final String SCOPE = "snakepipe";

    /**
     * Registers all of them; they go with the bundle.
     *
     * @param context  of this bundle
     * @param services what verbs ask
     */
    @Activate
    public GogoCommands(BundleContext context, @Reference(name = "services") Services services) {
        Verbs verbs = new Verbs(services);
        for (Verb verb : verbs.all()) {
            int colon = verb.name().indexOf(':');
            String scope = colon < 0 ? SCOPE : verb.name().substring(0, colon);
            String function = verb.name().substring(colon + 1);
            Function command = (session, arguments) -> verbs.run(
                            verb.name(), arguments.stream().map(String::valueOf).toList())
                    .text();
            context.registerService(
                    Function.class,
                    command,
                    new Hashtable<>(Map.of(
                            CommandProcessor.COMMAND_SCOPE,
                            scope,
                            CommandProcessor.COMMAND_FUNCTION,
                            List.of(function).toArray(new String[0]))));
        }
    }
}
