// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequirementTextTest {
    @Test
    void namesPackagesWithTheirRange() {
        assertThat(new RequirementText(
                        "osgi.wiring.package", "(&(osgi.wiring.package=p.lib)(version>=2.0.0)(!(version>=3.0.0)))"))
                .hasToString("package p.lib [2.0.0,3.0.0)");
        assertThat(new RequirementText("osgi.wiring.package", "(&(osgi.wiring.package=q)(version>=1)(version<=2))"))
                .hasToString("package q [1,2]");
        assertThat(new RequirementText("osgi.wiring.package", "(&(osgi.wiring.package=q)(version>=1.5.0))"))
                .hasToString("package q 1.5.0 or higher");
        assertThat(new RequirementText("osgi.wiring.package", "(osgi.wiring.package=q)"))
                .hasToString("package q");
    }

    @Test
    void namesBundlesWithTheirRange() {
        RequirementText bundle = new RequirementText(
                "osgi.wiring.bundle", "(&(osgi.wiring.bundle=b)(bundle-version>=1.0.0)(!(bundle-version>=2.0.0)))");

        assertThat(bundle).hasToString("bundle b [1.0.0,2.0.0)");
        assertThat(bundle.versionAttribute()).isEqualTo("bundle-version");
    }

    @Test
    void namesJava() {
        RequirementText java = new RequirementText("osgi.ee", "(&(osgi.ee=JavaSE)(version=99))");

        assertThat(java).hasToString("Java 99");
        assertThat(java.instead()).startsWith("this is Java ");
    }

    @Test
    void repeatsWhatItCannotRead() {
        assertThat(new RequirementText("com.acme", "(|(x=1)(y=2))")).hasToString("com.acme (|(x=1)(y=2))");
        assertThat(new RequirementText("com.acme", "")).hasToString("com.acme");
        assertThat(new RequirementText("com.acme", "").instead()).isEqualTo("nobody has it");
    }
}
