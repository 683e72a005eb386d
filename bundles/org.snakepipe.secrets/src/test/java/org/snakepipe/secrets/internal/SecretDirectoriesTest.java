// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretDirectoriesTest {
    @Test
    void readsAListLikePath() {
        String list = String.join(File.pathSeparator, "/run/a", "", "b", "/run/a");

        assertThat(SecretDirectories.of(list))
                .isEqualTo(new SecretDirectories(
                        List.of(Path.of("/run/a"), Path.of("b").toAbsolutePath()), true));
    }

    @Test
    void takesTheUsualDirectoryUnlessSomebodySaysOtherwise() {
        assertThat(SecretDirectories.of(null))
                .isEqualTo(new SecretDirectories(List.of(Path.of("/run/secrets")), false));
        assertThat(SecretDirectories.of("").paths()).isEmpty();
    }
}
