// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.snakepipe.schema.HeaderClause;

/** Reads the headers of a manifest as a framework does: into capabilities and requirements. */
final class JarHeaders {
    private static final String ENVIRONMENT = "osgi.ee";

    private final Resource resource;
    private final Map<String, String> headers;
    private final String name;
    private final Version version;

    JarHeaders(Resource resource, Map<String, String> headers) {
        this.resource = resource;
        this.headers = headers;
        this.name = clauses(Constants.BUNDLE_SYMBOLICNAME).get(0).paths().get(0);
        this.version = Version.parseVersion(headers.get(Constants.BUNDLE_VERSION));
    }

    private List<HeaderClause> clauses(String header) {
        return HeaderClause.parse(headers.get(header));
    }

    /** Whatever is wrong with a header is said with its name. */
    private void read(String header, Consumer<HeaderClause> reading) {
        try {
            clauses(header).forEach(reading);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(header + ": " + e.getMessage(), e);
        }
    }

    List<Capability> capabilities() {
        List<Capability> all = new ArrayList<>();
        all.add(provided(
                IdentityNamespace.IDENTITY_NAMESPACE,
                Map.of(),
                Map.of(
                        IdentityNamespace.IDENTITY_NAMESPACE, name,
                        IdentityNamespace.CAPABILITY_TYPE_ATTRIBUTE, IdentityNamespace.TYPE_BUNDLE,
                        IdentityNamespace.CAPABILITY_VERSION_ATTRIBUTE, version)));
        read(Constants.BUNDLE_SYMBOLICNAME, clause -> {
            attributes(clause);
            for (String namespace : List.of(BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE)) {
                all.add(provided(
                        namespace,
                        clause.directives(),
                        Map.of(namespace, name, BundleNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE, version)));
            }
        });
        read(Constants.EXPORT_PACKAGE, clause -> {
            requireNoGap(Constants.EXPORT_PACKAGE);
            clause.paths().forEach(path -> all.add(exported(clause, path)));
        });
        read(
                Constants.PROVIDE_CAPABILITY,
                clause -> clause.paths()
                        .forEach(namespace -> all.add(
                                provided(anybodys(general(namespace)), clause.directives(), attributes(clause)))));
        return all;
    }

    private void requireNoGap(String header) {
        if (HeaderClause.hasGap(headers.get(header))) {
            throw new IllegalArgumentException("a package has no name; is there a ',' or ';' too many?");
        }
    }

    private Capability exported(HeaderClause clause, String path) {
        if (path.startsWith("java.") || path.equals(".")) {
            throw new IllegalArgumentException(path + " cannot be exported");
        }
        for (String own : List.of(
                PackageNamespace.CAPABILITY_BUNDLE_SYMBOLICNAME_ATTRIBUTE,
                PackageNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE)) {
            if (clause.attributes().containsKey(own)) {
                throw new IllegalArgumentException("says " + own + " of " + path + "; leave it out");
            }
        }
        // Here a framework takes every attribute for a text, whatever type it says.
        Map<String, Object> attributes = new HashMap<>(versioned(clause));
        attributes.put(PackageNamespace.PACKAGE_NAMESPACE, path);
        attributes.put(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE, Version.parseVersion((String)
                attributes.get(Constants.VERSION_ATTRIBUTE)));
        attributes.put(PackageNamespace.CAPABILITY_BUNDLE_SYMBOLICNAME_ATTRIBUTE, name);
        attributes.put(PackageNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE, version);
        return provided(PackageNamespace.PACKAGE_NAMESPACE, clause.directives(), attributes);
    }

    /** The attributes of a package, its version under the name that it has today. */
    @SuppressWarnings("deprecation")
    private static Map<String, String> versioned(HeaderClause clause) {
        Map<String, String> attributes = new HashMap<>(clause.attributes());
        String old = attributes.remove(Constants.PACKAGE_SPECIFICATION_VERSION);
        String today = old == null ? null : attributes.putIfAbsent(Constants.VERSION_ATTRIBUTE, old);
        if (today != null && !today.trim().equals(old.trim())) {
            throw new IllegalArgumentException(
                    "version " + today + " and specification-version " + old + " are two; leave the second out");
        }
        return attributes;
    }

    private static Map<String, Object> attributes(HeaderClause clause) {
        Map<String, Object> attributes = new HashMap<>();
        clause.attributes()
                .forEach((key, value) ->
                        attributes.put(key, AttributeType.of(clause.types().get(key), value)));
        return attributes;
    }

    private Capability provided(String namespace, Map<String, String> directives, Map<String, Object> attributes) {
        return new JarResource.Provided(resource, namespace, Map.copyOf(directives), Map.copyOf(attributes));
    }

    List<Requirement> requirements() {
        List<Requirement> all = new ArrayList<>();
        Set<String> imported = new HashSet<>();
        read(Constants.IMPORT_PACKAGE, clause -> {
            requireNoGap(Constants.IMPORT_PACKAGE);
            for (String path : clause.paths()) {
                if (!imported.add(path) || path.equals(".")) {
                    throw new IllegalArgumentException(path + " is named twice, or is no package");
                }
                all.add(wired(PackageNamespace.PACKAGE_NAMESPACE, path, clause, versioned(clause)));
            }
        });
        read(
                Constants.REQUIRE_BUNDLE,
                clause -> clause.paths().stream()
                        // The framework is known by this name beside its own, and always there.
                        .filter(path -> !path.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME))
                        .forEach(path ->
                                all.add(wired(BundleNamespace.BUNDLE_NAMESPACE, path, clause, clause.attributes()))));
        read(Constants.REQUIRE_CAPABILITY, clause -> {
            attributes(clause);
            clause.paths().forEach(namespace -> all.add(needed(general(namespace), clause.directives())));
        });
        read(Constants.DYNAMICIMPORT_PACKAGE, this::requireDynamic);
        environment(all);
        String code = headers.get(Constants.BUNDLE_NATIVECODE);
        if (code != null) {
            try {
                NativeCode.requirement(code)
                        .ifPresent(directives -> all.add(needed(NativeNamespace.NATIVE_NAMESPACE, directives)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(Constants.BUNDLE_NATIVECODE + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** It is wired when a class is looked for, and nobody has to have it before. */
    private void requireDynamic(HeaderClause clause) {
        for (String path : clause.paths()) {
            if (path.endsWith("*") && !path.equals("*") && !path.endsWith(".*")) {
                throw new IllegalArgumentException(path + " is a part of a name (allowed: a package, x.*, *)");
            }
            wired(PackageNamespace.PACKAGE_NAMESPACE, path, clause, versioned(clause));
        }
    }

    /** {@code (&(osgi.wiring.package=p)(version>=1.0)(!(version>=2.0)))}. */
    private Requirement wired(String namespace, String path, HeaderClause clause, Map<String, String> attributes) {
        StringBuilder filter = new StringBuilder("(&(" + namespace + "=" + NativeCode.escaped(path) + ")");
        attributes.forEach((key, value) -> {
            boolean isVersion =
                    key.equals(Constants.VERSION_ATTRIBUTE) || key.equals(Constants.BUNDLE_VERSION_ATTRIBUTE);
            filter.append(isVersion ? VersionRange.valueOf(value).toFilterString(key) : "(" + key + "=" + value + ")");
        });
        Map<String, String> directives = new HashMap<>(clause.directives());
        directives.put(Constants.FILTER_DIRECTIVE, filter.append(')').toString());
        return needed(namespace, directives);
    }

    /** The header that came before {@code Require-Capability: osgi.ee}; one of its environments is enough. */
    @SuppressWarnings("deprecation")
    private void environment(List<Requirement> all) {
        List<HeaderClause> wanted = clauses(Constants.BUNDLE_REQUIREDEXECUTIONENVIRONMENT);
        StringBuilder any = new StringBuilder("(|");
        for (HeaderClause clause : wanted) {
            String environment = clause.paths().get(0);
            int dash = environment.lastIndexOf('-');
            String what =
                    dash < 0 ? environment : environment.substring(0, dash).replace("J2SE", "JavaSE");
            any.append("(&(osgi.ee=").append(what).append(')');
            any.append(dash < 0 ? ")" : "(version=" + environment.substring(dash + 1) + "))");
        }
        if (!wanted.isEmpty()) {
            all.add(needed(
                    ENVIRONMENT,
                    Map.of(Constants.FILTER_DIRECTIVE, any.append(')').toString())));
        }
    }

    /** A namespace that has no header of its own. */
    private static String general(String namespace) {
        if (namespace.startsWith("osgi.wiring.")) {
            throw new IllegalArgumentException(
                    "capability " + namespace + " has a header of its own, as Import-Package or Export-Package");
        }
        return namespace;
    }

    /** What only the framework says of itself. */
    private static String anybodys(String namespace) {
        if (namespace.startsWith(ENVIRONMENT) || namespace.startsWith(NativeNamespace.NATIVE_NAMESPACE)) {
            throw new IllegalArgumentException("capability " + namespace + " is the framework's own; leave it out");
        }
        return namespace;
    }

    private Requirement needed(String namespace, Map<String, String> directives) {
        requireFilter(directives.get(Constants.FILTER_DIRECTIVE));
        return new JarResource.Needed(resource, namespace, Map.copyOf(directives), Map.of());
    }

    private static void requireFilter(String filter) {
        try {
            if (filter != null) {
                FrameworkUtil.createFilter(filter);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("'" + filter + "' is no filter: " + e.getMessage(), e);
        }
    }
}
