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
                .isEqualTo("WARNING snakepipe.monitor.cfg: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/); move it to base/snakepipe.monitor.cfg");
        assertThat(warning("bse/x.cfg"))
                .isEqualTo("WARNING bse/x.cfg: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/); move it to base/x.cfg");
        assertThat(warning("environments/x.cfg"))
                .isEqualTo("WARNING environments/x.cfg: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/); move it to base/x.cfg");
        assertThat(warning("/"))
                .isEqualTo("WARNING /: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/)");
        assertThat(warning("base"))
                .isEqualTo("WARNING base: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/)");
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
        assertThat(warning("base/snakepipe.pipeline.yaml"))
                .isEqualTo("WARNING base/snakepipe.pipeline.yaml: the file is not read: its name does not end in .cfg"
                        + " (allowed: PID.cfg, PID~NAME.cfg)");
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
                .isEqualTo("WARNING environment.cfg: the file is not read: it lies in no layer"
                        + " (allowed: base/, environments/NAME/, local/); move it into environments/NAME/");
    }

    @Test
    void saysWhatAnEnvironmentMayBeCalled() {
        assertThat(warning("environments/my env/x.cfg"))
                .isEqualTo("WARNING environments/my env/x.cfg: the file is not read: 'my env' is not the name of an"
                        + " environment (allowed: letters, digits, '_', '.' and '-', the first a letter or digit)");
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

    private static String warning(String path) {
        Resolution resolution = tree().file(path, "a = 1").resolve("dev");
        assertThat(resolution.values()).isEmpty();
        assertThat(texts(resolution)).hasSize(1);
        assertThat(resolution.problems().get(0).origin().orElseThrow().source()).isEqualTo(path);
        return texts(resolution).get(0);
    }
}
