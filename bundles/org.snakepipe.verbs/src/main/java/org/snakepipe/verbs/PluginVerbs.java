// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginManager;

/** What is asked of plugins. */
final class PluginVerbs {
    private final Services services;
    private final RegistrationVerbs registrations;

    PluginVerbs(Services services) {
        this.services = services;
        this.registrations = new RegistrationVerbs(this::manager);
    }

    List<Verb> all() {
        return List.of(
                new Verb(
                        "plugin:list",
                        List.of(),
                        "shipped and dropped plugins, libraries, rejected jars",
                        arguments -> list()),
                new Verb(
                        "plugin:why",
                        List.of("NAME"),
                        "what a plugin, a jar or a PID is, and what it lacks",
                        arguments -> why(arguments.get(0))),
                new Verb(
                        "plugin:discover",
                        List.of("DIR", "[DIR...]"),
                        "the plugins and libraries that lie in directories",
                        registrations::discover),
                new Verb(
                        "plugin:analyse",
                        List.of("PATH", "[PATH...]"),
                        "what would come of registering jars, and what they lack that lies in directories",
                        registrations::analyse),
                new Verb(
                        "plugin:register",
                        List.of("FILE", "[FILE|DIR|--config...]"),
                        "puts jars into deploy/ and brings them into force with configuration and what they lack, or none of it",
                        registrations::register),
                new Verb(
                        "plugin:replace",
                        List.of("OLD", "FILE", "[FILE|DIR|--config...]"),
                        "the same, and takes a file of deploy/ away in the same moment",
                        registrations::replace),
                new Verb(
                        "plugin:unregister",
                        List.of("NAME", "[NAME...]"),
                        "takes files of deploy/ away; pipelines that use them drain, and wait",
                        registrations::unregister));
    }

    private PluginManager manager() {
        return services.plugins()
                .orElseThrow(() -> new IllegalStateException("the plugins room is not there at the moment"));
    }

    private Answer list() {
        return table(manager().list());
    }

    /** A line for each. */
    static Answer table(List<PluginInfo> plugins) {
        TextTable table = new TextTable("KIND", "STATE", "NAME", "VERSION", "FILE", "PROVIDES");
        List<Object> data = new ArrayList<>();
        for (PluginInfo info : plugins) {
            String more = info.reason().isEmpty() ? provides(info) : info.reason();
            table.row(info.kind(), info.state(), info.symbolicName(), info.version(), info.file(), more);
            data.add(data(info));
        }
        return Answer.of(data.isEmpty() ? List.of("there are no plugins") : table.lines(), data);
    }

    static Map<String, Object> data(PluginInfo info) {
        return Map.ofEntries(
                Map.entry("kind", info.kind().name()),
                Map.entry("state", info.state().name()),
                Map.entry("name", info.symbolicName()),
                Map.entry("version", info.version()),
                Map.entry("file", info.file()),
                Map.entry("source", info.source()),
                Map.entry("digest", info.digest()),
                Map.entry("signer", info.signer()),
                Map.entry("reason", info.reason()),
                Map.entry("provides", info.provides()),
                Map.entry("pids", info.pids()),
                Map.entry("requirements", info.requirements()));
    }

    /** A library may export a hundred packages: their number says enough here. */
    private static String provides(PluginInfo info) {
        return info.kind() == PluginInfo.Kind.LIBRARY
                ? info.provides().size() + " packages"
                : String.join(", ", info.provides());
    }

    private Answer why(String name) {
        List<String> lines = manager().why(name);
        return lines.isEmpty()
                ? Answer.failed(
                        "nobody is called '" + name + "': no bundle, no file in deploy/, no PID. See: plugin:list")
                : Answer.of(lines, lines);
    }
}
