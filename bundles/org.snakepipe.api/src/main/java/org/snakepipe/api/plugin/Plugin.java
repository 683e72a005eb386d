// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.config.ConfigMigration;
import org.snakepipe.api.config.ConfigRule;

/**
 * Placed on a definition class. The bundle then provides one capability {@value #NAMESPACE} for the class, with the
 * attributes {@code kind}, {@code name}, {@code component}, {@code rules}, {@code checks} and {@code migrations}: this is what
 * makes the bundle a plugin. It also requires this version of the API.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(
        namespace = Plugin.NAMESPACE,
        version = Plugin.API_VERSION,
        attribute = {
            "kind=${#kind}",
            "name=${#name}",
            "component=${@class}",
            "rules:List<String>=\"${#rules}\"",
            "checks:List<String>=\"${#checks}\"",
            "migrations:List<String>=\"${#migrations}\""
        })
@RequirePluginApi
public @interface Plugin {
    /** Namespace of the capability of a plugin. */
    String NAMESPACE = "org.snakepipe.plugin";

    /** Namespace of the capability of the API. */
    String API = "org.snakepipe.api";

    /** Version of the plugin API: one place, used by the package, the capability and the requirement. */
    String API_VERSION = "1.0.0";

    /** What a plugin can be. In lower case, because the name of the constant is what the manifest says. */
    enum Kind {
        /** Implements {@code org.snakepipe.api.pipeline.Source}. */
        source,
        /** Implements {@code org.snakepipe.api.pipeline.Transform}. */
        transform,
        /** Implements {@code org.snakepipe.api.pipeline.Sink}. */
        sink,
        /** Implements {@code org.snakepipe.api.pipeline.Resource}. */
        resource
    }

    /**
     * What it is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * What it is called, as in its PID: {@code jdbc} for {@code snakepipe.sink.jdbc}.
     *
     * @return the name
     */
    String name();

    /**
     * What is checked beside the schema.
     *
     * @return public classes of the same bundle; each bundle names a rule once, also when it has several plugins
     */
    Class<? extends ConfigRule>[] rules() default {};

    /**
     * What is checked against the real world before a configuration of this plugin comes into force.
     *
     * @return public classes of the same bundle
     */
    Class<? extends ConfigCheck>[] checks() default {};

    /**
     * What makes configurations that were good with an older version good with this one, one after the other.
     *
     * @return public classes of the same bundle
     */
    Class<? extends ConfigMigration>[] migrations() default {};
}
