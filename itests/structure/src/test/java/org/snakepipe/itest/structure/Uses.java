// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;

/** Says who uses what, and tells the platform from the rest. */
final class Uses {
    private static final List<String> PLATFORM = List.of("org.osgi.", "org.apache.felix.", "org.ops4j.", "aQute.");

    private static final List<String> ANNOTATIONS = List.of(
            "org.osgi.annotation.",
            "org.osgi.service.component.annotations.",
            "org.osgi.service.metatype.annotations.",
            "aQute.bnd.annotation.");

    private Uses() {}

    /** What each of our classes uses. */
    static Stream<Dependency> all() {
        return Shipped.classes().stream().flatMap(origin -> origin.getDirectDependenciesFromSelf().stream());
    }

    /** What is used; of an array, what is in it. */
    static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    /** For people: {@code org.snakepipe.A uses org.osgi.B (A.java:12)}. */
    static String of(Dependency dependency) {
        String place = dependency.getSourceCodeLocation().toString();
        return dependency.getOriginClass().getName() + " uses "
                + target(dependency).getName() + " " + place.replace(":0)", ")");
    }

    static boolean isShell(JavaClass candidate) {
        return (candidate.getPackageName() + ".").contains(".internal.osgi.");
    }

    /** The class that a file is named after. */
    static String topLevel(JavaClass candidate) {
        return candidate.getName().replaceFirst("\\$.*", "");
    }

    /** Whether a package is OSGi's, Felix's, pax-logging's or bnd's, and needed to run. */
    static boolean isPlatform(String packageName) {
        String name = packageName + ".";
        return PLATFORM.stream().anyMatch(name::startsWith)
                && ANNOTATIONS.stream().noneMatch(name::startsWith);
    }

    /** These are read while building, and nobody needs them to run. */
    static boolean isAnnotationOfThePlatform(JavaClass target) {
        String name = target.getPackageName() + ".";
        return ANNOTATIONS.stream().anyMatch(name::startsWith);
    }
}
