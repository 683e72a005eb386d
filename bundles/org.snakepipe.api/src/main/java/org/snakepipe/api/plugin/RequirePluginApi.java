// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/** The bundle needs this version of the plugin API. {@link Plugin} brings it along. */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Requirement(namespace = Plugin.API, name = "plugin", version = Plugin.API_VERSION)
public @interface RequirePluginApi {}
