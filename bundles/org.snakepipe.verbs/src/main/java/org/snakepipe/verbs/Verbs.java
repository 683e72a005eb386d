// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Suggestions;

/** All verbs, once, for the shell, the socket and the command line. */
public final class Verbs {
    private static final Logger LOG = LoggerFactory.getLogger(Verbs.class);

    private final Map<String, Verb> verbs = new TreeMap<>();

    /**
     * With what they ask.
     *
     * @param services what they ask
     */
    public Verbs(Services services) {
        Stream.of(
                        new ConfigVerbs(services).all(),
                        new ChangeVerbs(services).all(),
                        new PipelineVerbs(services).all(),
                        new QuarantineVerbs(services).all(),
                        new PluginVerbs(services).all(),
                        List.of(new StatusVerb(services).verb(), help()))
                .flatMap(List::stream)
                .forEach(verb -> verbs.put(verb.name(), verb));
    }

    private Verb help() {
        return new Verb("help", List.of(), "what can be asked and done", arguments -> {
            TextTable table = new TextTable("VERB", "WHAT IT DOES");
            verbs.values().forEach(verb -> table.row(verb.usage(), verb.description()));
            return Answer.of(table.lines(), List.copyOf(verbs.keySet()));
        });
    }

    /**
     * All verbs.
     *
     * @return sorted by name
     */
    public Collection<Verb> all() {
        return List.copyOf(verbs.values());
    }

    /**
     * Runs one.
     *
     * @param name      {@code pipeline:show}
     * @param arguments what it is given
     * @return the answer, also when it is not understood or fails
     * @throws InterruptedException if the caller is interrupted while waiting
     */
    public Answer run(String name, List<String> arguments) throws InterruptedException {
        Verb verb = verbs.get(name);
        if (verb == null) {
            List<String> near = Suggestions.nearest(name, verbs.keySet());
            return Answer.misunderstood("unknown verb '" + name + "'"
                    + (near.isEmpty() ? "" : ", did you mean '" + near.get(0) + "'?") + " See: help");
        }
        if (!verb.takes(arguments.size())) {
            return Answer.misunderstood("usage: " + verb.usage() + "   (" + verb.description() + ")");
        }
        try {
            return verb.action().run(arguments);
        } catch (UnknownNameException e) {
            return Answer.misunderstood(e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.debug("{} {} failed", name, arguments, e);
            return Answer.failed(e.getMessage());
        }
    }
}
