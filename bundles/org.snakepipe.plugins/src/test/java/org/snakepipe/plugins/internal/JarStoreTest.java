// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.JarBuilder;

class JarStoreTest {
    private static final String DEFINITION = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="org.example.sink" %s>
              <service><provide interface="org.snakepipe.api.pipeline.Sink"/></service>
              <implementation class="org.example.sink.Definition"/>
            </scr:component>
            """;

    @TempDir
    Path directory;

    private final Catalogue catalogue = new Catalogue();
    private Path staged;
    private JarStore store;

    @BeforeEach
    void open() {
        staged = directory.resolve("plugins");
        store = new JarStore(staged, 17, catalogue);
    }

    @Test
    void keepsACopyUnderItsDigest() throws Exception {
        FileContent jar = sink().content();

        PluginJar found = store.stage("sink.jar", jar);

        assertThat(staged.resolve(jar.digest() + ".jar")).hasBinaryContent(jar.bytes());
        assertThat(files()).hasSize(1);
        assertThat(found).hasToString("org.example.sink 1.2.0");
        assertThat(found.kind()).isEqualTo(Kind.PLUGIN);
        assertThat(found.info("sink.jar", "/d/sink.jar", State.WAITING, "").provides())
                .containsExactly("sink example");
    }

    @Test
    void takesABundleWithoutPluginCapabilityForALibrary() throws Exception {
        FileContent jar = JarBuilder.bundle("org.example.lib", "1")
                .header("Export-Package", "org.example.a;org.example.b;version=1,org.example.c;uses:=\"x,y\"")
                .content();

        PluginInfo info = store.stage("lib.jar", jar).info("lib.jar", "/d/lib.jar", State.ACTIVE, "");

        assertThat(info.kind()).isEqualTo(Kind.LIBRARY);
        assertThat(info.version()).isEqualTo("1.0.0");
        assertThat(info.provides()).containsExactly("org.example.a", "org.example.b", "org.example.c");
    }

    @Test
    void stagesTheSameContentOnce() throws Exception {
        FileContent jar = sink().content();
        PluginJar first = store.stage("a.jar", jar);
        Object written = Files.getLastModifiedTime(store.path(jar.digest()));

        assertThat(store.stage("b.jar", jar)).isSameAs(first);
        assertThat(Files.getLastModifiedTime(store.path(jar.digest()))).isEqualTo(written);
        assertThat(catalogue.state().files()).containsOnlyKeys("a.jar", "b.jar");
    }

    @Test
    void usesTheCopyOfAnEarlierProcess() throws Exception {
        FileContent jar = sink().content();
        store.stage("sink.jar", jar);
        JarStore next = new JarStore(staged, 17, new Catalogue());

        assertThat(next.stage("sink.jar", jar)).hasToString("org.example.sink 1.2.0");
        assertThat(new JarStore(staged, 17, new Catalogue())
                        .require(Map.of(jar.digest(), "sink.jar"))
                        .keySet())
                .hasToString("[org.example.sink 1.2.0]");
    }

    @Test
    void replacesACopyThatWasDamaged() throws Exception {
        FileContent jar = sink().content();
        store.stage("sink.jar", jar);
        Files.write(store.path(jar.digest()), new byte[jar.bytes().length]);

        new JarStore(staged, 17, new Catalogue()).stage("sink.jar", jar);

        assertThat(store.path(jar.digest())).hasBinaryContent(jar.bytes());
    }

    @Test
    void makesTheCopyAgainThatSomebodyDeleted() throws Exception {
        FileContent jar = sink().content();
        store.stage("sink.jar", jar);
        Files.delete(store.path(jar.digest()));

        store.stage("sink.jar", jar);

        assertThat(store.path(jar.digest())).exists();
    }

    @Test
    void rejectsAnEmptyFile() throws Exception {
        assertRejected(new byte[0], "plugin.zip", "deploy/x.jar: is empty (0 bytes); copy it again");
    }

    @Test
    void rejectsTextCalledJar() throws Exception {
        assertRejected(
                "hello\n".getBytes(StandardCharsets.UTF_8),
                "plugin.zip",
                "deploy/x.jar: is no jar: it begins with 'hell' (allowed: a zip archive, which begins with 'PK'); "
                        + "put the bundle there");
    }

    @Test
    void rejectsAHalfCopiedJar() throws Exception {
        byte[] whole = sink().bytes();

        PluginRejected rejected = reject(Arrays.copyOf(whole, whole.length / 2));

        assertThat(rejected.problem().code()).isEqualTo("plugin.zip");
        assertThat(rejected)
                .hasMessageStartingWith("deploy/x.jar: is only part of a jar, or damaged (")
                .hasMessageEndingWith("copy it again, under another name first and renamed when it is complete");
    }

    @Test
    void rejectsAnEntryWithAnotherChecksum() throws Exception {
        byte[] jar = stored("text", "unpacked as it is");
        jar[indexOf(jar, "unpacked")] ^= 1;

        assertRejected(
                jar,
                "plugin.zip",
                "deploy/x.jar: is damaged: entry 'text' cannot be read (size or checksum differs from the central "
                        + "directory); copy it again");
    }

    @Test
    void rejectsAnEntryThatCannotBeUnpacked() throws Exception {
        byte[] jar = sink().entry("text", "a".repeat(5000)).bytes();
        int data = indexOf(jar, "text") + 4;
        Arrays.fill(jar, data, data + 8, (byte) 0xFF);

        assertThat(reject(jar)).hasMessageStartingWith("deploy/x.jar: is damaged: entry 'text' cannot be read (");
    }

    @Test
    void rejectsWhatGrowsTooMuch() throws Exception {
        PluginRejected rejected =
                reject(sink().entry("zeros", new byte[20 << 20]).bytes());

        assertThat(rejected)
                .hasMessageStartingWith("deploy/x.jar: grows from ")
                .hasMessageEndingWith(" bytes when unpacked (allowed: 100 times as much)");
    }

    @Test
    void rejectsWhatIsTooLargeWhenUnpacked() throws Exception {
        byte[] jar = sink().entry("large", "x").bytes();
        int directory = lastIndexOf(jar, "large") - 46;
        Arrays.fill(jar, directory + 24, directory + 27, (byte) 0xFF);
        jar[directory + 27] = 0x7F;

        assertThat(reject(jar)).hasMessageEndingWith(" bytes when unpacked (allowed: 1073741824)");
    }

    @Test
    void rejectsDescriptionsThatWouldFillTheMemory() throws Exception {
        byte[] large = new byte[(int) JarEntries.MOST_DESCRIPTION + 1];
        new Random(1).nextBytes(large);

        assertRejected(
                JarBuilder.bundle("a", "1").entry("META-INF/large.SF", large).bytes(),
                "plugin.zip",
                "deploy/x.jar: has an entry 'META-INF/large.SF' of 16777217 bytes (allowed: 16777216 for a description); "
                        + "put data elsewhere in the jar");
    }

    @Test
    void rejectsTooManyEntries() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i <= JarEntries.MOST_ENTRIES; i++) {
                zip.putNextEntry(new ZipEntry(Integer.toString(i)));
            }
        }

        assertRejected(bytes.toByteArray(), "plugin.zip", "deploy/x.jar: has 50001 entries (allowed: 50000)");
    }

    @Test
    void rejectsNamesThatLeadElsewhere() throws Exception {
        for (String name : List.of("../evil", "a/../../evil", "/etc/passwd", "C:/windows", "a\\b", "a\nb")) {
            assertThat(reject(sink().entry(name, "x").bytes()))
                    .as(name)
                    .hasMessage("deploy/x.jar: has an entry called '" + name.replace('\n', '?')
                            + "' (allowed: relative names without '..', '\\' and control characters)");
        }
    }

    @Test
    void acceptsNamesThatOnlyLookLikeThat() throws Exception {
        assertThat(store.stage("x.jar", sink().entry("a/..b/c..d", "x").content()))
                .isNotNull();
    }

    @Test
    void rejectsTwoEntriesOfOneName() throws Exception {
        byte[] jar = sink().entry("name1", "x").entry("name2", "y").bytes();
        jar[indexOf(jar, "name2") + 4] = '1';
        jar[lastIndexOf(jar, "name2") + 4] = '1';

        assertRejected(jar, "plugin.zip", "deploy/x.jar: has two entries called 'name1'; build it again");
    }

    @Test
    void rejectsAJarWithoutManifest() throws Exception {
        assertRejected(
                new JarBuilder().entry("text", "x").bytes(),
                "plugin.manifest",
                "deploy/x.jar: is no bundle: it has no META-INF/MANIFEST.MF; wrap it with bnd or ask its author for an "
                        + "OSGi bundle");
    }

    @Test
    void rejectsAManifestThatIsNone() throws Exception {
        assertRejected(
                new JarBuilder()
                        .entry("META-INF/MANIFEST.MF", "no header at all\n")
                        .bytes(),
                "plugin.manifest",
                "deploy/x.jar: has a manifest that cannot be read: invalid header field (line 1)");
    }

    @Test
    void rejectsAPlainJar() throws Exception {
        assertRejected(
                new JarBuilder().header("Created-By", "somebody").bytes(),
                "plugin.manifest",
                "deploy/x.jar: is no bundle: the manifest has no Bundle-SymbolicName; wrap it with bnd or ask its author "
                        + "for an OSGi bundle");
    }

    @Test
    void rejectsABundleOfTheOldDays() throws Exception {
        assertRejected(
                new JarBuilder().header("Bundle-SymbolicName", "old").bytes(),
                "plugin.manifest",
                "deploy/x.jar: is no bundle of today: Bundle-ManifestVersion is missing (allowed: 2); build it again "
                        + "with bnd");
        assertThat(reject(sink().header("Bundle-ManifestVersion", "1").bytes()))
                .hasMessageContaining("Bundle-ManifestVersion is '1' (allowed: 2)");
    }

    @Test
    void rejectsBadNamesAndVersions() throws Exception {
        for (String names : List.of("a;b", "a,b", " ")) {
            assertThat(reject(JarBuilder.bundle(names, "1").bytes()))
                    .hasMessage("deploy/x.jar: has a manifest that cannot be read: Bundle-SymbolicName is '" + names
                            + "' (allowed: one name)");
        }
        assertRejected(
                JarBuilder.bundle("a", "1.x").bytes(),
                "plugin.manifest",
                "deploy/x.jar: has a manifest that cannot be read: Bundle-Version '1.x' is no version (allowed: numbers "
                        + "like 1, 1.2 or 1.2.3, or 1.2.3.qualifier)");
        assertThat(reject(sink().header("Export-Package", "a;uses:=\"b").bytes()))
                .hasMessageContaining("a quotation mark is not closed in 'a;uses:=\"b'");
    }

    @Test
    void rejectsPluginsWithoutKindOrName() throws Exception {
        for (String attributes : List.of("", ";kind=sink", ";kind=snake;name=x", ";name=x")) {
            assertThat(reject(JarBuilder.bundle("a", "1")
                            .header("Provide-Capability", "org.snakepipe.plugin" + attributes)
                            .bytes()))
                    .as(attributes)
                    .hasMessageStartingWith("deploy/x.jar: has a manifest that cannot be read: capability "
                            + "org.snakepipe.plugin says '")
                    .hasMessageEndingWith("' (allowed: kind, one of source, transform, sink, resource, and name); "
                            + "annotate the definition with @Plugin");
        }
    }

    /** OddJarTest asks the framework. */
    @Test
    void takesNamesThatTheFrameworkTakes() throws Exception {
        for (String name : List.of("a b", "a..b", "\u00e4")) {
            FileContent jar = JarBuilder.bundle(name, "1").content();

            assertThat(store.stage("x.jar", jar).manifest().symbolicName()).isEqualTo(name);
        }
    }

    @Test
    void takesAMissingVersionForZero() throws Exception {
        FileContent jar = new JarBuilder()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", "a")
                .content();

        assertThat(store.stage("x.jar", jar)).hasToString("a 0.0.0");
    }

    @Test
    void rejectsFragments() throws Exception {
        assertRejected(
                sink().header("Fragment-Host", "org.example.host").bytes(),
                "plugin.fragment",
                "deploy/x.jar: is a fragment of org.example.host; fragments are refused as plugins: put its content into "
                        + "the bundle itself");
    }

    @Test
    void rejectsClassesOfANewerJava() throws Exception {
        byte[] java21 = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 65};

        assertRejected(
                sink().entry("A.class", java21).bytes(), "plugin.java", "deploy/x.jar: needs Java 21; this is Java 17");
        assertThat(store.stage(
                        "ok.jar",
                        sink().entry("META-INF/versions/21/A.class", java21).content()))
                .isNotNull();
    }

    @Test
    void rejectsClassesThatAreNone() throws Exception {
        for (String content : List.of("", "no class at all")) {
            assertThat(reject(sink().entry("A.class", content).bytes()))
                    .hasMessage("deploy/x.jar: is damaged: entry 'A.class' is no class; build it again");
        }
    }

    @Test
    void rejectsImmediateDefinitions() throws Exception {
        assertRejected(
                described(DEFINITION.formatted("immediate=\"true\"")),
                "plugin.component",
                "deploy/x.jar: has an immediate definition: component org.example.sink says immediate=\"true\" (allowed: "
                        + "delayed); remove 'immediate = true' from @Component");
        assertThat(reject(described("<components><component><implementation class='org.example.sink.Definition'/>"
                        + "</component></components>")))
                .hasMessage("deploy/x.jar: has an immediate definition: component org.example.sink.Definition provides "
                        + "no service; let it implement Source, Transform, Sink or Resource");
    }

    @Test
    void acceptsDelayedDefinitionsAndOtherImmediateComponents() throws Exception {
        String other = "<component immediate='true'><implementation class='org.example.Other'/></component>";

        store.stage("a.jar", JarBuilder.content(described(DEFINITION.formatted(""))));
        store.stage("b.jar", JarBuilder.content(described(other)));

        assertThat(catalogue.state().files()).containsOnlyKeys("a.jar", "b.jar");
    }

    @Test
    void rejectsUnreadableComponentDescriptions() throws Exception {
        assertThat(reject(described("<component>\n<broken></component>")))
                .hasMessageStartingWith(
                        "deploy/x.jar: has a component description that cannot be read: OSGI-INF/sink.xml:2: ");
        assertThat(reject(
                        sink().header("Service-Component", "OSGI-INF/none.xml").bytes()))
                .hasMessage("deploy/x.jar: names OSGI-INF/none.xml in Service-Component and does not have it; "
                        + "build it again");
    }

    @Test
    void readsNothingFromOutsideInComponentDescriptions() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");

        PluginRejected rejected = reject(described(
                "<!DOCTYPE c [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]><component name='x'>&e;</component>"));

        assertThat(rejected.problem().code()).isEqualTo("plugin.component");
    }

    @Test
    void saysThatItCannotWrite() throws Exception {
        Files.writeString(staged, "a file where the directory should be");

        PluginRejected rejected = reject(sink().bytes());

        assertThat(rejected.problem().code()).isEqualTo("plugin.disk");
        assertThat(rejected).hasMessageStartingWith("deploy/x.jar: cannot be copied to " + staged + " (");
    }

    @Test
    void leavesNothingOfARejectedJar() throws Exception {
        reject(sink().header("Fragment-Host", "x").bytes());

        assertThat(files()).isEmpty();
    }

    @Test
    void remembersARejectionUntilTheFileChanges() throws Exception {
        reject(new byte[0]);
        assertThat(catalogue.state().rejections().get("x.jar").reason()).contains("is empty");

        store.stage("x.jar", sink().content());

        assertThat(catalogue.state().rejections()).isEmpty();
    }

    @Test
    void keepsWhatFilesUseAndDeletesWhatACrashLeft() throws Exception {
        FileContent jar = sink().content();
        store.stage("sink.jar", jar);
        Files.writeString(staged.resolve("half.tmp"), "x");
        Files.writeString(staged.resolve("0".repeat(64) + ".jar"), "x");
        Files.writeString(staged.resolve("README"), "not ours to delete");
        store.use(new Selection(Map.of(), Map.of()));
        assertThat(files()).hasSize(4);

        store.use(new Selection(Map.of(), Map.of()));

        assertThat(files()).containsExactlyInAnyOrder(jar.digest() + ".jar", "README");
    }

    @Test
    void knowsNothingOfOtherDigests() {
        assertThat(store.kind("abc")).isEqualTo(Kind.REJECTED);
        assertThat(store.fileOf("abc")).isEqualTo("abc");
        assertThatThrownBy(() -> store.require(Map.of("abc", "x.jar"))).isInstanceOf(PluginRejected.class);
    }

    private static JarBuilder sink() {
        return JarBuilder.plugin("org.example.sink", "1.2.0", "sink", "example");
    }

    private static byte[] described(String xml) {
        return sink().header("Service-Component", "OSGI-INF/*.xml")
                .entry("OSGI-INF/sink.xml", xml)
                .bytes();
    }

    private void assertRejected(byte[] jar, String code, String message) throws IOException {
        PluginRejected rejected = reject(jar);

        assertThat(rejected).hasMessage(message);
        assertThat(rejected.problem().code()).isEqualTo(code);
    }

    private PluginRejected reject(byte[] jar) {
        return catchThrowableOfType(PluginRejected.class, () -> store.stage("x.jar", JarBuilder.content(jar)));
    }

    private List<String> files() throws IOException {
        if (!Files.isDirectory(staged)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(staged)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] stored(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static int lastIndexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }
}
