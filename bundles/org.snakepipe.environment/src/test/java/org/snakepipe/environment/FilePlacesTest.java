// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import org.junit.jupiter.api.Test;

class FilePlacesTest {
    @Test
    void saysWhereAStrayFileBelongs() {
        assertThat(warning("snakepipe.monitor.cfg"))
                .isEqualTo(
                        "WARNING snakepipe.monitor.cfg: the file is not read: it lies in no layer"
                                + " (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml); move it to base/snakepipe.monitor.cfg");
        assertThat(warning("bse/x.cfg"))
                .isEqualTo("WARNING bse/x.cfg: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml); move it to base/x.cfg");
        assertThat(warning("environments/x.cfg"))
                .isEqualTo("WARNING environments/x.cfg: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml); move it to base/x.cfg");
        assertThat(warning("/"))
                .isEqualTo("WARNING /: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml)");
        assertThat(warning("base"))
                .isEqualTo("WARNING base: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml)");
    }

    @Test
    void saysThatAFileLiesTooDeep() {
        assertThat(warning("base/sub/x.cfg"))
                .isEqualTo("WARNING base/sub/x.cfg: the file is not read: it lies too deep"
                        + " (allowed: directly in base/); move it to base/x.cfg");
        assertThat(warning("environments/prod/a/b/x.cfg"))
                .isEqualTo("WARNING environments/prod/a/b/x.cfg: the file is not read: it lies too deep"
                        + " (allowed: directly in environments/prod/); move it to environments/prod/x.cfg");
    }

    @Test
    void saysWhichNamesAreAllowed() {
        assertThat(warning("base/demo.yml"))
                .isEqualTo("WARNING base/demo.yml: the file is not read: its name has no ending that is known; name it"
                        + " demo.yaml (allowed: PID.cfg, PID~NAME.cfg, PID.cfg.json, and .yaml or .json with PIDs as"
                        + " keys)");
        assertThat(warning("prod.yml")).endsWith("; name it prod.yaml");
        assertThat(warning("base/x.cfg.disabled")).contains("no ending that is known");
        assertThat(warning("base/a b.cfg.json")).endsWith("; name it PID.cfg.json or PID~NAME.cfg.json");
        assertThat(warning("tests/data/x.csv")).endsWith("it is no test (allowed: tests/*.yaml)");
        assertThat(warning("base/a b.cfg"))
                .isEqualTo("WARNING base/a b.cfg: the file is not read: 'a b' is not a PID (allowed: words of letters,"
                        + " digits, '_' and '-', separated by '.'); name it PID.cfg or PID~NAME.cfg");
        assertThat(warning("local/a~.cfg"))
                .isEqualTo("WARNING local/a~.cfg: the file is not read: 'a~' has no name after '~';"
                        + " name it PID.cfg or PID~NAME.cfg");
    }

    @Test
    void saysWhereADescriptionBelongs() {
        assertThat(warning("base/environment.cfg"))
                .isEqualTo("WARNING base/environment.cfg: the file is not read: it describes an environment"
                        + " and belongs into environments/NAME/");
        assertThat(warning("environment.cfg"))
                .isEqualTo(
                        "WARNING environment.cfg: the file is not read: it lies in no layer"
                                + " (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml); move it into environments/NAME/");
    }

    @Test
    void saysWhatAnEnvironmentMayBeCalled() {
        assertThat(warning("environments/my env/x.cfg"))
                .isEqualTo("WARNING environments/my env/x.cfg: the file is not read: 'my env' is not the name of an"
                        + " environment (allowed: letters, digits, '_', '.' and '-', the first a letter or digit;"
                        + " not base, local, contracts)");
        assertThat(warning("environments/base/x.cfg")).contains("'base' is not the name of an environment");
        assertThat(warning("my env.yaml")).contains("'my env' is not the name of an environment");
    }

    @Test
    void leavesNotesAlone() {
        Resolution resolution = tree().file("README.md")
                .file(".gitignore")
                .file("base/README.md")
                .file("environments/prod/.gitkeep")
                .resolve("prod");

        assertThat(resolution.problems()).isEmpty();
    }

    @Test
    void passesOverWhatEditorsAndToolsLeave() {
        ConfigTrees tree = tree();
        for (String name : new String[] {
            "x.cfg~",
            ".x.cfg.swp",
            "x.cfg.swo",
            "x.cfg.tmp",
            "x.cfg.part",
            "#x.cfg#",
            ".#x.cfg",
            "4913",
            "x.cfg.orig",
            "x.cfg.rej",
            "x.cfg.bak",
            ".DS_Store",
            "Thumbs.db",
            "x.cfg___jb_tmp___",
            "NOTICE",
            "LICENSE.txt",
            "notes.md"
        }) {
            tree.file(name, "a = 1").file("base/" + name, "a = 1").file("environments/prod/" + name, "a = 1");
        }
        tree.file(".git/config", "x").file("base/.idea/x.cfg", "a = 1");

        Resolution resolution = tree.resolve("prod");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.values()).isEmpty();
    }

    @Test
    void leavesReservedFilesToThoseWhoReadThem() {
        Resolution resolution = tree().file("contracts.yaml", "- no configuration")
                .file("secrets.names", "a")
                .file("tests/orders.yaml", "- no configuration")
                .file("examples/any/thing.txt")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
    }

    private static String warning(String path) {
        Resolution resolution = tree().file(path, "a = 1").resolve("dev");
        assertThat(resolution.values()).isEmpty();
        assertThat(texts(resolution)).hasSize(1);
        assertThat(resolution.problems().get(0).origin().orElseThrow().source()).isEqualTo(path);
        return texts(resolution).get(0);
    }
}
