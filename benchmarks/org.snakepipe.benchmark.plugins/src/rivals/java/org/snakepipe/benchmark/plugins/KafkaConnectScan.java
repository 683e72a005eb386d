// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.runtime.isolation.Plugins;

/** Kafka Connect, as its worker does it when it starts, in the fastest of its ways. */
final class KafkaConnectScan implements Scan {
    @Override
    public String name() {
        return "Kafka Connect";
    }

    @Override
    public String version() {
        return "4.3.1";
    }

    @Override
    public Map<String, byte[]> entries() throws IOException {
        return Map.of(
                "META-INF/services/org.apache.kafka.connect.sink.SinkConnector",
                (NoSink.class.getName() + "\n").getBytes(StandardCharsets.UTF_8),
                NoSink.class.getName().replace('.', '/') + ".class",
                Directories.bytes(NoSink.class));
    }

    /** One connector of each directory; those of Kafka's own class path are left out. */
    @Override
    public int scan(Path root, List<Path> directories) {
        Plugins plugins =
                new Plugins(Map.of("plugin.path", root.toString(), "plugin.discovery", "service_load"));
        return (int) plugins.sinkConnectors().stream()
                .filter(found -> found.className().equals(NoSink.class.getName()))
                .filter(found -> !found.location().equals("classpath"))
                .count();
    }
}
