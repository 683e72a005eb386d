// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.settings.BestEffort;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.settings.Route;
import org.snakepipe.engine.internal.settings.Tempo;

/** Settings of pipelines for tests: one source, one sink, four workers. */
record Settings(PipelineSettings value) {
    static final String SOURCE = "snakepipe.source.memory~in";
    static final String SINK = "snakepipe.sink.memory~out";
    static final String REJECTS = "snakepipe.sink.memory~rejects";
    static final String TRANSFORM = "snakepipe.transform.memory~t";

    static Settings plain() {
        return new Settings(new PipelineSettings(
                new Route(ConfigId.parse(SOURCE), List.of(), List.of(ConfigId.parse(SINK))),
                new Tempo(100, 4, Duration.ofMillis(1), 0),
                Limits.DEFAULT,
                Ordering.KEY,
                OnError.parse("stop"),
                Level.INFO,
                true));
    }

    Settings route(String source, List<String> transforms, List<String> sinks) {
        Route route = new Route(
                ConfigId.parse(source),
                transforms.stream().map(ConfigId::parse).toList(),
                sinks.stream().map(ConfigId::parse).toList());
        return with(route, value.tempo(), value.limits(), value.ordering(), value.onError(), value.enabled());
    }

    Settings transforms(String... ids) {
        return route(SOURCE, List.of(ids), List.of(SINK));
    }

    Settings tempo(int batch, int workers, long lingerMillis, long rate) {
        Tempo tempo = new Tempo(batch, workers, Duration.ofMillis(lingerMillis), rate);
        return with(value.route(), tempo, value.limits(), value.ordering(), value.onError(), value.enabled());
    }

    Settings ordering(Ordering ordering) {
        return with(value.route(), value.tempo(), value.limits(), ordering, value.onError(), value.enabled());
    }

    Settings onError(String text) {
        return with(
                value.route(), value.tempo(), value.limits(), value.ordering(), OnError.parse(text), value.enabled());
    }

    Settings limits(Limits limits) {
        return with(value.route(), value.tempo(), limits, value.ordering(), value.onError(), value.enabled());
    }

    Settings enabled(boolean enabled) {
        return with(value.route(), value.tempo(), value.limits(), value.ordering(), value.onError(), enabled);
    }

    /** With these best-effort sinks, which are left alone after two failures for at most so long. */
    Settings bestEffort(long waitMillis, long spoolBytes, String... ids) {
        BestEffort bestEffort = new BestEffort(
                Stream.of(ids).map(ConfigId::parse).toList(),
                2,
                Duration.ofMillis(waitMillis),
                Duration.ofMillis(waitMillis),
                spoolBytes);
        return new Settings(new PipelineSettings(
                value.route(),
                value.tempo(),
                value.limits(),
                value.ordering(),
                value.onError(),
                value.logLevel(),
                value.enabled(),
                bestEffort));
    }

    private Settings with(
            Route route, Tempo tempo, Limits limits, Ordering ordering, OnError onError, boolean enabled) {
        return new Settings(
                new PipelineSettings(route, tempo, limits, ordering, onError, Level.INFO, enabled, value.bestEffort()));
    }
}
