// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.file.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.config.Format;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.plugin.Plugin;

/** Appends records to a file, a line of JSON each (NDJSON). */
@Plugin(kind = Plugin.Kind.sink, name = "file")
@Component(service = Sink.class, configurationPid = FileSink.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FileSink.Config.class, factory = true)
public final class FileSink implements Sink {
    /** Factory PID. */
    public static final String PID = "snakepipe.sink.file";

    @ObjectClassDefinition(
            name = "File sink",
            description = "Appends records to a UTF-8 file, one line of JSON each (NDJSON). Each batch is on the disk"
                    + " before it is acknowledged.")
    @interface Config {
        @AttributeDefinition(
                name = "Path",
                description =
                        "The file. A relative path is below the data directory. Directories are made when missing."
                                + " When the file is moved away, a new one is begun.",
                min = "1")
        @Format(Format.Kind.path)
        String path();

        @AttributeDefinition(
                name = "Record types",
                description = "Only records of these types are written, others pass by. None named: all are written.")
        String[] record_type() default {};
    }

    private final OpenFiles files;
    private final String path;
    private final Set<String> types;

    /**
     * Takes the settings.
     *
     * @param config the settings
     * @param files  the files that sinks of this bundle have open
     */
    @Activate
    public FileSink(Config config, @Reference(name = "files") OpenFiles files) {
        this.files = files;
        path = config.path();
        types = Set.of(config.record_type());
    }

    @Override
    public SinkWriter open(OpenContext context) throws IOException {
        Path file = context.dataDirectory().resolve(path).normalize();
        return new FileSinkWriter(files, files.open(file), types);
    }
}
