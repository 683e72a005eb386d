// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.environment.ConfigDirectory;

class CommandLinesTest {
    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="store" name="Store" description="Keeps things.">
                <AD id="url" type="String" name="URL" description="Where it is."/>
                <AD id="size" type="Integer" min="1" max="100" default="10" required="false"/>
                <AD id="token" type="Password" required="false"/>
              </OCD>
              <Designate factoryPid="a.store"><Object ocdref="store"/></Designate>
            </metatype:MetaData>
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean terminal;

    @BeforeEach
    void install() throws IOException {
        Path bundles = Files.createDirectories(directory.resolve("product/bundles"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(bundles.resolve("store-1.jar")))) {
            jar.putNextEntry(new JarEntry("OSGI-INF/metatype/store.xml"));
            jar.write(METATYPE.getBytes(StandardCharsets.UTF_8));
        }
        file("base/a.store~x.cfg", "url = one", "size = 5", "token = canary");
        file("environments/staging/environment.cfg", "extends = prod");
        file("environments/prod/a.store~x.cfg", "size = 50");
    }

    private void file(String path, String... lines) throws IOException {
        Path file = directory.resolve("product/config").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private String content(String path) throws IOException {
        return Files.readString(directory.resolve("product/config").resolve(path));
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        Surface surface = new Surface(
                directory.resolve("product"),
                Map.of(),
                terminal,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandLines.run(surface, List.of(words));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatAllIsWell() {
        assertThat(run("validate", "--all")).isZero();
        assertThat(said()).isEqualTo("0 errors, 0 warnings in 3 environments\n");
    }

    @Test
    void saysWhatIsWrongWhereAndInWhichEnvironment() throws IOException {
        file("environments/prod/a.store~x.cfg", "size = 500", "sise = 1");

        assertThat(run("validate")).as("dev does not stand on prod").isZero();
        assertThat(run("validate", "--env", "prod")).isEqualTo(1);
        assertThat(said())
                .contains("config/environments/prod/a.store~x.cfg:1: size = 500 is above the maximum 100")
                .contains("config/environments/prod/a.store~x.cfg:2: sise is not a key of a.store")
                .endsWith("2 errors, 0 warnings in 1 environment\n");
        assertThat(run("validate", "--all")).isEqualTo(1);
        assertThat(said()).contains("(in prod, staging)");
    }

    @Test
    void writesForPeopleProgramsAndReviews() throws IOException {
        file("base/a.store~x.cfg", "url = one", "size = many");

        assertThat(run("validate", "--format", "json")).isEqualTo(1);
        assertThat(JSON.std.mapFrom(said())).containsKey("problems");
        assertThat(run("validate", "--format=sarif")).isEqualTo(1);
        assertThat(JSON.std.mapFrom(said())).containsEntry("version", "2.1.0");
        assertThat(run("validate", "--format", "github")).isEqualTo(1);
        assertThat(said()).startsWith("::error file=").contains("line=2");
        assertThat(run("validate", "--format", "xml")).isEqualTo(2);
        assertThat(complained()).contains("--format", "text, json, sarif, github");
    }

    @Test
    void coloursAreForTerminalsOnly() throws IOException {
        file("base/a.store~x.cfg", "url = one", "size = many");
        run("validate");
        assertThat(said()).doesNotContain("\u001B[");

        terminal = true;
        run("validate");
        assertThat(said()).contains("\u001B[");
    }

    @Test
    void warningsCountWhenItIsStrict() throws IOException {
        file("base/b.later.cfg", "x = 1");

        assertThat(run("validate")).isZero();
        assertThat(said()).contains("no plugin knows b.later yet");
        assertThat(run("validate", "--strict")).isEqualTo(1);
    }

    @Test
    void moreJarsKnowMore() throws IOException {
        Path plugins = Files.createDirectory(directory.resolve("more"));
        Files.writeString(plugins.resolve("broken.jar"), "no jar");

        assertThat(run("validate", "--plugins", plugins.toString())).isZero();
        assertThat(said()).contains("broken.jar: the jar is passed over");
        assertThat(run("validate", "--plugins", "nowhere")).isEqualTo(2);
        assertThat(complained()).contains("--plugins: there is no directory nowhere");
    }

    @Test
    void mendsInPlaceAndKeepsTheRest() throws IOException {
        file("base/a.store~x.cfg", "# mine", "url = one", "", "sise=5", "# end");

        assertThat(run("validate", "--fix")).isZero();

        assertThat(content("base/a.store~x.cfg")).isEqualTo("# mine\nurl = one\n\nsize=5\n# end\n");
        assertThat(said()).contains("config/base/a.store~x.cfg:4: sise is not a key", "0 errors");
    }

    @Test
    void resolvesWithoutSecrets() throws IOException {
        assertThat(run("resolve", "--env", "staging")).isZero();
        assertThat(said())
                .contains("a.store~x", "environments/prod/a.store~x.cfg:1")
                .doesNotContain("canary");
        assertThat(run("resolve", "a.store~x")).isZero();
        assertThat(said()).contains("size", "5", "base/a.store~x.cfg:2");
        assertThat(run("resolve", "--json")).isZero();
        assertThat(JSON.std.mapFrom(said()).get("a.store~x"))
                .isEqualTo(Map.of("url", "one", "size", 5, "token", "<set>"));
        assertThat(run("resolve", "a.store~y")).isEqualTo(2);
        assertThat(complained()).contains("nothing configures a.store~y, did you mean a.store~x?");
    }

    @Test
    void explainsAValue() {
        assertThat(run("explain", "--env", "prod", "a.store~x", "size")).isZero();

        assertThat(said())
                .contains("size = 50   from environments/prod/a.store~x.cfg:1", "hides 5   from base/a.store~x.cfg:2");
        assertThat(run("explain", "a.store~x", "sise")).isEqualTo(2);
        assertThat(complained()).contains("did you mean size?");
    }

    @Test
    void comparesEnvironmentsAndExports() throws IOException {
        assertThat(run("diff", "prod", "staging")).isZero();
        assertThat(said()).isEqualTo("no difference\n");
        assertThat(run("diff", "dev", "prod")).isEqualTo(1);
        assertThat(said()).startsWith("a.store~x size: left 5").endsWith("1 difference\n");
        assertThat(run("diff", "nowhere.json", "prod")).isEqualTo(2);
        assertThat(complained()).contains("there is no file nowhere.json");

        run("resolve", "--json");
        Path export = Files.writeString(directory.resolve("dev.json"), said());
        assertThat(run("diff", "--json", export.toString(), "prod")).isEqualTo(1);
        assertThat(said()).contains("\"right\" : 50");
        Files.writeString(export, "{\"a.store~x\": 5}");
        assertThat(run("diff", export.toString(), "prod")).isEqualTo(1);
        assertThat(complained()).contains("dev.json is no export of snakepipe resolve --json");
        assertThat(run("diff", "prod")).isEqualTo(2);
        assertThat(run("diff", "--live", "prod")).isEqualTo(1);
        assertThat(complained()).contains("Nothing runs in");
    }

    @Test
    void looksAtEnvironmentsBesideOneAnother() throws IOException {
        assertThat(run("check-envs")).isZero();
        assertThat(said()).contains("0 errors, 0 warnings, 1 note (--notes shows the notes)");
        assertThat(run("check-envs", "--notes")).isZero();
        assertThat(said()).contains("note environments/prod/a.store~x.cfg:1: size = 50 instead of 5");

        file("contracts.yaml", "- environments: [prod, staging]", "  must differ: [a.store~x size]");
        assertThat(run("check-envs")).isEqualTo(1);
        assertThat(said()).contains("contracts.yaml:2:").contains("1 error");
        assertThat(run("check-envs", "--format", "json")).isEqualTo(1);
        assertThat(JSON.std.mapFrom(said())).containsKey("problems");
    }

    @Test
    void writesSchemas() throws IOException {
        assertThat(run("schema", "a.store")).isZero();
        assertThat(JSON.std.mapFrom(said())).containsEntry("description", "Keeps things.");
        assertThat(run("schema", "--out", directory.resolve("s").toString())).isZero();
        assertThat(directory.resolve("s/a.store.schema.json")).exists();
        assertThat(directory.resolve("s/snakepipe.schema.json")).exists();
        assertThat(run("schema", "a.stor")).isEqualTo(2);
        assertThat(complained()).contains("no plugin knows the PID a.stor, did you mean a.store?");
    }

    @Test
    void beginsAFile() throws IOException {
        assertThat(run("new", "a.store~y", "--print")).isZero();
        assertThat(said()).contains("# Where it is.").contains("url =").contains("#size = 10");
        assertThat(run("new", "a.store~y")).isZero();
        assertThat(content("base/a.store~y.cfg")).contains("url =");
        assertThat(run("new", "a.store~y")).isEqualTo(1);
        assertThat(complained()).contains("a.store~y is configured there already", "base/a.store~y.cfg");
        assertThat(run("new", "--env", "prod", "a.store~z")).isZero();
        assertThat(content("environments/prod/a.store~z.cfg")).isNotEmpty();
        assertThat(run("new", "a.store")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | what shall it do?",
                "valdate               | unknown command 'valdate', did you mean 'validate'?",
                "xyzzy                 | unknown command 'xyzzy' (allowed: run, validate, ",
                "validate --fromat x   | unknown option '--fromat', did you mean '--format'?",
                "validate more         | there is a word too many: 'more'",
                "validate --env a --all| ",
                "explain x             | KEY",
                "validate @here        | there is a word too many: '@here'",
                "config                | subcommand",
                "config:lst            | unknown command 'lst', did you mean 'list'",
            })
    void saysWhatCannotBeUnderstood(String line, String message) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(complained()).startsWith("snakepipe: ").contains(message == null ? "" : message);
    }

    @Test
    void saysThatThereIsNoSuchEnvironmentOrDirectory() {
        assertThat(run("validate", "--env", "prdo")).isEqualTo(2);
        assertThat(complained()).contains("there is no environment 'prdo'", "did you mean 'prod'?");
        assertThat(run("validate", "--config", "nowhere")).isEqualTo(2);
        assertThat(complained()).contains("there is no configuration directory nowhere");
    }

    @Test
    void asksWhatRunsAlsoWithTheHomeInFront() {
        String home = directory.resolve("h").toString();

        assertThat(run("--home", home, "config:list")).isEqualTo(1);
        assertThat(complained()).contains("Nothing runs in " + home);
        assertThat(run("status", "--home=" + home)).isEqualTo(1);
        assertThat(complained()).contains("Nothing runs in " + home);
    }

    @Test
    void keepsAValueThatIsLaidOverAnotherLayer() throws IOException {
        file("environments/prod/a.store~x.cfg", "sise = 60");

        assertThat(run("validate", "--env", "prod", "--fix")).isZero();

        assertThat(content("environments/prod/a.store~x.cfg")).isEqualTo("size = 60\n");
    }

    @Test
    void mendsNothingThatBreaksAnotherEnvironment() throws IOException {
        file("base/a.store~x.cfg", "sise = 5");
        file("environments/prod/a.store~x.cfg", "url = two");
        file("environments/dev/a.store~x.cfg", "url = three", "size = 7", "sise = $[unset]");
        String base = content("base/a.store~x.cfg");
        run("validate", "--all", "--format", "json");
        String before = said();

        run("validate", "--env", "prod", "--fix");

        run("validate", "--all", "--format", "json");
        if (content("base/a.store~x.cfg").equals(base)) {
            assertThat(said()).isEqualTo(before);
        } else {
            assertThat(said().split("error").length).isLessThan(before.split("error").length);
        }
    }

    @Test
    void leavesAFileWithTwoNames() throws IOException {
        file("base/a.store~x.cfg", "url = one", "sise=5");
        Path file = directory.resolve("product/config/base/a.store~x.cfg");
        Files.createLink(directory.resolve("other"), file);

        assertThat(run("validate", "--fix")).isEqualTo(1);

        assertThat(said()).contains("not mended: ", "has 2 names");
        assertThat(Files.readString(file)).contains("sise=5");
        Files.delete(directory.resolve("other"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assertThat(run("validate", "--fix")).isEqualTo(1);
        assertThat(said()).contains("is read-only");
    }

    @Test
    void saysWhatCannotBeReadWithEveryAnswer() throws IOException {
        file("environments/prod/a.other.yaml", "{{{ not yaml");
        Path base = directory.resolve("product/config/base");
        Files.createSymbolicLink(base.resolve("gone.cfg"), directory.resolve("nowhere"));
        Files.createSymbolicLink(base.resolve("loop"), base);
        Files.write(base.resolve("a.large.cfg"), new byte[ConfigDirectory.MAX_BYTES + 1]);

        assertThat(run("validate", "--env", "prod")).isEqualTo(1);
        assertThat(said())
                .contains(
                        "base/gone.cfg: is a link to nowhere",
                        "base/loop: is a link to a directory above it",
                        "base/a.large.cfg: the file has more than",
                        "environments/prod/a.other.yaml:1");
        for (String[] command : List.of(
                new String[] {"resolve", "--env", "prod"},
                new String[] {"explain", "--env", "prod", "a.store~x", "size"},
                new String[] {"diff", "prod", "prod"},
                new String[] {"check-envs"})) {
            assertThat(run(command)).as(command[0]).isEqualTo(1);
            assertThat(said() + complained())
                    .contains("gone.cfg: is a link to nowhere", "environments/prod/a.other.yaml:1");
        }
        assertThat(run("validate")).isEqualTo(1);
        assertThat(said()).as("dev does not stand on prod").doesNotContain("a.other.yaml");
    }

    @Test
    void saysWhatASecondFileOfContractsIsFor() throws IOException {
        file("contracts.yml", "- environments: [prod, staging]", "  must differ: [a.store~x size]");

        run("check-envs");

        assertThat(said()).contains("contracts.yml: the file is not read", "name it contracts.yaml");
    }

    @Test
    void hidesWhatMayBeASecret() throws IOException {
        file("base/a.store~x.cfg", "url = jdbc:x://me:canary@host/db?password=canary&a=b", "tokne = canary");

        for (String[] command : List.of(
                new String[] {"resolve"},
                new String[] {"resolve", "--json"},
                new String[] {"explain", "a.store~x", "url"},
                new String[] {"validate"},
                new String[] {"check-envs", "--notes"},
                new String[] {"diff", "dev", "prod"})) {
            run(command);
            assertThat(said() + complained()).as(command[0]).doesNotContain("canary");
        }
        run("explain", "a.store~x", "url");
        assertThat(said()).contains("jdbc:x://me:<set>@host/db?password=<set>&a=b");
    }

    @Test
    void saysWhichSecretsItCannotCompare() throws IOException {
        run("resolve", "--json");
        Path one = Files.writeString(directory.resolve("one.json"), said());
        file("base/a.store~x.cfg", "url = one", "size = 5", "token = another");
        run("resolve", "--json");
        Path other = Files.writeString(directory.resolve("other.json"), said());

        assertThat(run("diff", one.toString(), other.toString())).isZero();

        assertThat(said()).isEqualTo("no difference; hidden values that cannot be compared: 1\n");
    }

    @Test
    void beginsNoFileForWhatAnotherFormConfigures() throws IOException {
        file("base.yaml", "a.store~w:", "  url: one");

        assertThat(run("new", "a.store~w")).isEqualTo(1);

        assertThat(complained()).contains("a.store~w is configured there already", "base.yaml:2");
    }

    @Test
    void failsWhenNobodyCanReadTheAnswer() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("no space left");
            }
        };
        Surface surface = new Surface(
                directory.resolve("product"),
                Map.of(),
                false,
                new PrintStream(full, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(CommandLines.run(surface, List.of("resolve"))).isEqualTo(1);
        assertThat(complained()).contains("could not be written");
    }

    @Test
    void namesJarsByWhereTheyLie() throws IOException {
        Path deploy = Files.createDirectories(directory.resolve("product/deploy"));
        Files.writeString(deploy.resolve("broken.jar"), "no jar");

        run("validate");

        assertThat(said()).contains("warning " + deploy.resolve("broken.jar") + ": the jar is passed over");
    }

    @Test
    void explainsItselfAndCompletes() {
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("validate", "check-envs", "pipeline");
        assertThat(run("--version")).isZero();
        assertThat(said()).startsWith("snakepipe ");
        assertThat(run("pipeline", "show", "--help")).isZero();
        assertThat(said()).contains("snakepipe pipeline show");
        assertThat(run("completion")).isZero();
        assertThat(said()).contains("complete -F");
    }
}
