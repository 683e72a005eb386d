// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ReloadResult;

class AnnouncementTest {
    @ParameterizedTest
    @EnumSource(ReloadResult.Status.class)
    void eachStatusHasItsTopic(ReloadResult.Status status) {
        Announcement announcement =
                Announcement.of(ReloadResult.of(status, 3, "boot").at(Instant.EPOCH));

        assertThat(announcement.topic()).isEqualTo("org/snakepipe/rollout/" + status);
        assertThat(announcement.properties()).containsEntry("status", status.name());
    }

    @Test
    void saysAllThatAReceiptSaysInTypesThatAFilterKnows() {
        ReloadResult outcome = ReloadResult.of(ReloadResult.Status.PENDING, 7, "a.cfg")
                .previous(6)
                .author("ann")
                .changes(List.of("a: token changed"), List.of())
                .problems(List.of(
                        Problem.warning("b", "two").build(),
                        Problem.warning("a", "one").build(),
                        Problem.warning("b", "three").build()))
                .files(List.of("held.cfg"), List.of("waits.cfg"))
                .hash("0123abcd")
                .phases(Map.of("plan", Duration.ofMillis(5)))
                .at(Instant.ofEpochMilli(42));

        Map<String, Object> properties = Announcement.of(outcome).properties();

        assertThat(properties)
                .containsEntry("generation", 7L)
                .containsEntry("previous", 6L)
                .containsEntry("cause", "a.cfg")
                .containsEntry("author", "ann")
                .containsEntry("changes", new String[] {"a: token changed"})
                .containsEntry("problems", new String[] {"two", "one", "three"})
                .containsEntry("problem.codes", new String[] {"a", "b"})
                .containsEntry("files.held", new String[] {"held.cfg"})
                .containsEntry("files.waiting", new String[] {"waits.cfg"})
                .containsEntry("hash", "0123abcd")
                .containsEntry("duration.ms", 5L)
                .containsEntry("timestamp", 42L);
    }

    @Test
    void phasesShareATopic() {
        Announcement announcement = Announcement.of("a.cfg", "settle", Duration.ofMillis(2));

        assertThat(announcement.topic()).isEqualTo("org/snakepipe/rollout/PHASE");
        assertThat(announcement.properties())
                .containsExactlyInAnyOrderEntriesOf(Map.of("cause", "a.cfg", "phase", "settle", "duration.us", 2_000L));
    }
}
