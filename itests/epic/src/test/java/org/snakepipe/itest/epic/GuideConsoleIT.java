// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.itest.epic.Guide.Block;

/** The commands of the guide, asked of the distribution in the environment that the guide looks at. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuideConsoleIT {
    private static final String PROMPT = "$ snakepipe ";

    @TempDir
    private Path directory;

    @Test
    void theCommandsOfTheGuideAnswerSo() throws Exception {
        List<Block> blocks = Guide.read().blocks("console");
        assertThat(blocks).isNotEmpty();
        try (House house = new House(directory, 1)) {
            house.run("staging-eu");
            for (Block block : blocks) {
                answer(house, block);
            }
        }
    }

    private static void answer(House house, Block block) throws IOException, InterruptedException {
        List<String> answered = new ArrayList<>();
        for (String line : block.text()) {
            if (line.startsWith(PROMPT)) {
                answered.add(line);
                house.command(line.substring(PROMPT.length()).split(" "))
                        .lines()
                        .forEach(answered::add);
            }
        }
        assertThat(String.join("\n", answered)).as("%s", block).isEqualTo(String.join("\n", block.text()));
    }
}
