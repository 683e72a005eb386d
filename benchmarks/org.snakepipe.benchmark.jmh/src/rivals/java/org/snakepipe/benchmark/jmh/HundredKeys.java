// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;

/** The hundred keys as a mapping: ten groups of ten. */
@ConfigMapping(prefix = HundredKeys.PREFIX)
public interface HundredKeys {
    String PREFIX = "service";

    Ten g0();

    Ten g1();

    Ten g2();

    Ten g3();

    Ten g4();

    Ten g5();

    Ten g6();

    Ten g7();

    Ten g8();

    Ten g9();

    /** One group. */
    interface Ten {
        @Min(1)
        @Max(Sample.GREATEST)
        int port();

        @Min(1)
        @Max(Sample.GREATEST)
        int retries();

        @Min(1)
        @Max(Sample.GREATEST)
        int batch();

        boolean enabled();

        boolean strict();

        @Pattern(regexp = Sample.NAME)
        @Size(min = Sample.SHORTEST, max = Sample.LONGEST)
        String name();

        @Pattern(regexp = Sample.NAME)
        @Size(min = Sample.SHORTEST, max = Sample.LONGEST)
        String target();

        Level level();

        @NotNull
        @WithConverter(Durations.class)
        Duration timeout();

        @Size(min = 1, max = Sample.MOST_TAGS)
        List<@Pattern(regexp = Sample.NAME) @Size(min = Sample.SHORTEST, max = Sample.LONGEST) String> tags();
    }

    /** The options. */
    enum Level {
        LOWEST,
        LOW,
        NORMAL,
        HIGH,
        HIGHEST
    }

    /** Reads {@code 30s}, which is all the sample holds. */
    final class Durations implements Converter<Duration> {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String text) {
            String number = text.toLowerCase(Locale.ROOT).replace("s", "");
            Duration duration = Duration.ofSeconds(Long.parseLong(number));
            if (duration.isZero() || duration.toMillis() > Sample.LONGEST_MILLIS) {
                throw new IllegalArgumentException(text + " is out of range");
            }
            return duration;
        }
    }
}
