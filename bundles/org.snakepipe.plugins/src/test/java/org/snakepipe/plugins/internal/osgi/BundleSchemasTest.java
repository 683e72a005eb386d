// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.plugins.testing.JarBuilder;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.RuleCheck;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;

class BundleSchemasTest extends InFramework {
    @Test
    void knowsShippedBundlesWithoutResolvingThem() throws Exception {
        Bundle bundle = ship("shipped", "snakepipe.sink.shipped", "path", "p.none");

        assertThat(running.schemas.schemas(Set.of())).extracting(Schema::pid).containsExactly("snakepipe.sink.shipped");
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void readsABundleAgainAfterAnUpdate() throws Exception {
        Bundle bundle = ship("shipped", "snakepipe.sink.shipped", "before", "");
        running.schemas.schemas(Set.of());

        bundle.update(new ByteArrayInputStream(
                described("shipped", "snakepipe.sink.shipped", "after", "").bytes()));

        assertThat(keys()).contains("after");
    }

    @Test
    void knowsABundleThatComesLaterAndForgetsOneThatGoes() throws Exception {
        Bundle first = ship("shipped", "snakepipe.sink.shipped", "path", "");
        assertThat(running.schemas.schemas(Set.of())).isSameAs(running.schemas.schemas(Set.of()));

        ship("later", "snakepipe.sink.later", "path", "");
        first.uninstall();

        assertThat(running.schemas.schemas(Set.of())).extracting(Schema::pid).containsExactly("snakepipe.sink.later");
    }

    @Test
    void knowsStagedJarsThatAreAskedFor() throws Exception {
        FileContent jar =
                described("dropped", "snakepipe.sink.dropped", "path", "").content();

        running.stage("dropped.jar", jar);

        assertThat(running.schemas.schemas(Set.of())).isEmpty();
        assertThat(running.schemas.schemas(Set.of(jar.digest())))
                .extracting(Schema::pid)
                .containsExactly("snakepipe.sink.dropped");
        assertThat(running.list.why("snakepipe.sink.dropped~one"))
                .contains("It knows the configuration of snakepipe.sink.dropped.");
    }

    @Test
    void believesTheProductBeforeThirdParties() throws Exception {
        ship("a.third.party", "third.party", "theirs", "");
        ship("org.snakepipe.z", "third.party", "ours", "");

        assertThat(running.schemas.schemas(Set.of())).hasSize(1);
        assertThat(keys()).contains("ours");
    }

    @Test
    void knowsTheOneOfTwoVersionsThatWouldRun() throws Exception {
        FileContent one =
                described("dropped", "snakepipe.sink.dropped", "one", "").content();
        FileContent two = described("dropped", "snakepipe.sink.dropped", "two", "")
                .header("Bundle-Version", "2")
                .content();
        running.stage("one.jar", one);
        running.stage("two.jar", two);

        assertThat(running.schemas.schemas(Set.of(one.digest(), two.digest())))
                .singleElement()
                .satisfies(schema -> assertThat(schema.attribute("two")).isPresent());
    }

    @Test
    void passesOverUnreadableMetatypeOfShippedBundles() throws Exception {
        running.ship(
                "file:/bundles/broken.jar",
                JarBuilder.bundle("broken", "1")
                        .entry("OSGI-INF/metatype/broken.xml", "<broken")
                        .content());
        ship("shipped", "snakepipe.sink.shipped", "path", "");

        assertThat(running.schemas.schemas(Set.of())).hasSize(1);
    }

    @Test
    void rejectsUnreadableMetatypeOfDroppedJars() {
        FileContent jar = JarBuilder.bundle("broken", "1")
                .entry("OSGI-INF/metatype/broken.xml", "<broken")
                .content();

        assertThatThrownBy(() -> running.stage("broken.jar", jar))
                .hasMessageStartingWith("deploy/broken.jar: has Metatype that cannot be read: ")
                .hasMessageContaining("OSGI-INF/metatype/broken.xml");
    }

    @Test
    void rejectsDigestsThatNobodyStaged() {
        assertThatThrownBy(() -> running.schemas.schemas(Set.of("abc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no copy at ");
    }

    @Test
    void knowsTheRulesOfShippedBundlesAndOfStagedJarsThatAreAskedFor() throws Exception {
        FileContent jar = ruled("dropped").content();
        running.ship("file:/bundles/shipped.jar", ruled("shipped").content());
        ship("without", "snakepipe.sink.without", "path", "");
        running.stage("dropped.jar", jar);

        assertThat(running.schemas.rules(Set.of()))
                .extracting(RuleSource::bundle)
                .containsExactly("shipped");
        assertThat(running.schemas.rules(Set.of(jar.digest())))
                .extracting(RuleSource::bundle)
                .containsExactly("shipped", "deploy/dropped.jar");
    }

    @Test
    void runsRulesWithoutResolvingTheirBundle() throws Exception {
        Bundle bundle =
                running.ship("file:/bundles/shipped.jar", ruled("shipped").content());

        List<Problem> problems =
                RuleCheck.run(running.schemas.rules(Set.of()), Map.of(), Map.of(), Map.of(), Duration.ofSeconds(20));

        assertThat(problems)
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("ClassNotFoundException");
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    }

    private static JarBuilder ruled(String name) {
        return JarBuilder.bundle(name, "1")
                .header(
                        "Provide-Capability",
                        "org.snakepipe.plugin;kind=sink;name=" + name
                                + ";component=\"p.Sink\";rules:List<String>=\"p.Rule\"");
    }

    private Bundle ship(String name, String pid, String key, String imports) throws Exception {
        return running.ship(
                "file:/bundles/" + name + ".jar",
                described(name, pid, key, imports).content());
    }

    private static JarBuilder described(String name, String pid, String key, String imports) {
        JarBuilder jar = JarBuilder.plugin(name, "1", "sink", name)
                .entry("OSGI-INF/metatype/" + name + ".xml", """
                        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
                          <OCD id="ocd" name="A sink">
                            <AD id="%s" type="String" description="Where to."/>
                          </OCD>
                          <Designate factoryPid="%s"><Object ocdref="ocd"/></Designate>
                        </metatype:MetaData>
                        """.formatted(key, pid));
        return imports.isEmpty() ? jar : jar.header("Import-Package", imports);
    }

    private Set<String> keys() {
        return running.schemas.schemas(Set.of()).stream()
                .flatMap(schema -> schema.attributes().stream())
                .map(Attribute::key)
                .collect(Collectors.toSet());
    }
}
