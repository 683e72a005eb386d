// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.snakepipe.api.config.Pattern;
import org.snakepipe.api.config.Unit;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.api.plugin.Plugin;

/** Reads the files of a directory, and those that come later. */
@Plugin(kind = Plugin.Kind.source, name = "file", checks = DirectoryCheck.class)
@Component(service = Source.class, configurationPid = FileSource.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FileSource.Config.class, factory = true)
public final class FileSource implements Source {
    /** Factory PID. */
    public static final String PID = "snakepipe.source.file";

    @ObjectClassDefinition(
            name = "File source",
            description = "Reads the files of a directory in the order of their paths, and then those that are new or"
                    + " changed. Files that begin with a dot, or end in .tmp or .part, are passed over.")
    @interface Config {
        @AttributeDefinition(
                name = "Directory",
                description =
                        "What is read, with everything below. A relative path is below the data directory, and made"
                                + " when it is missing.",
                min = "1")
        @org.snakepipe.api.config.Format(org.snakepipe.api.config.Format.Kind.path)
        String directory();

        @AttributeDefinition(
                name = "Pattern",
                description = "Only files whose path below the directory matches this glob are read: **.json")
        @org.snakepipe.api.config.Format(org.snakepipe.api.config.Format.Kind.glob)
        String pattern() default "**";

        @AttributeDefinition(
                name = "Format",
                description =
                        "json: a file is a document, or a list of documents. ndjson: each line is a document; lines"
                                + " that are appended are read. csv: the first line names the fields; lines that are appended are"
                                + " read.",
                options = {
                    @Option(label = "json", value = "json"),
                    @Option(label = "ndjson", value = "ndjson"),
                    @Option(label = "csv", value = "csv")
                })
        String format() default "json";

        @AttributeDefinition(
                name = "Key field",
                description =
                        "Dotted path of the field whose value is the key of the record. Empty: for json the path of"
                                + " the file, else none.")
        String key_field() default "";

        @AttributeDefinition(
                name = "Record type",
                description = "What the records are called, for sinks that take only some.")
        String record_type() default "";

        @AttributeDefinition(
                name = "Watch",
                description = "Whether to wait for new and changed files. If not, the source ends when all is read.")
        boolean watch() default true;

        @AttributeDefinition(
                name = "Delimiter",
                description = "What separates the fields of csv: one character, or \\t for a tab.",
                min = "1",
                max = "2")
        @Pattern(value = "\\\\t|.", hint = "one character, or \\t for a tab")
        String delimiter() default ",";

        @AttributeDefinition(
                name = "Largest document",
                description = "A larger document, line, or row is rejected: 16MiB.",
                min = "1024",
                max = "1073741824")
        @Unit(Unit.Measure.bytes)
        long max_document_bytes() default 16_777_216;
    }

    private final Format.Settings settings;
    private final Format format;
    private final String directory;
    private final PathMatcher pattern;
    private final boolean watch;

    /**
     * Takes the settings.
     *
     * @param config the settings
     * @throws IllegalArgumentException if the pattern or the delimiter cannot be understood
     */
    @Activate
    public FileSource(Config config) {
        directory = config.directory();
        watch = config.watch();
        try {
            pattern = FileSystems.getDefault().getPathMatcher("glob:" + config.pattern());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("pattern = " + config.pattern() + " is no glob: " + e.getMessage(), e);
        }
        String delimiter = config.delimiter().equals("\\t") ? "\t" : config.delimiter();
        if (delimiter.length() != 1 || delimiter.charAt(0) > 0x7E || "\"\r\n".contains(delimiter)) {
            throw new IllegalArgumentException("delimiter = " + config.delimiter()
                    + " is not one character of ASCII (allowed: one that is no quote, or \\t)");
        }
        settings = new Format.Settings(
                config.key_field(), config.record_type(), delimiter.charAt(0), config.max_document_bytes());
        format = Format.of(config.format());
    }

    @Override
    public boolean isBounded() {
        return !watch;
    }

    @Override
    public List<String> mistakes(Position position) {
        List<String> mistakes = new ArrayList<>();
        position.offsets().forEach((path, offset) -> {
            if (Progress.parse(offset).isEmpty()) {
                mistakes.add(path + "=" + offset + " is no place in a file (allowed: " + Progress.FORM
                        + ", as the checkpoint of the pipeline shows it; a file that is left out is read from its"
                        + " beginning)");
            }
        });
        return mistakes;
    }

    @Override
    public SourceReader open(OpenContext context, Position from) throws IOException {
        Path root = context.dataDirectory().resolve(directory).normalize();
        if (!Files.isDirectory(root)) {
            if (Path.of(directory).isAbsolute()) {
                throw new IOException("the directory " + root + " is not there: make it, or change directory");
            }
            Files.createDirectories(root);
            context.logger().log(System.Logger.Level.INFO, "Made the directory {0}", root);
        }
        // The directory itself may be a link; links below it to directories are not followed, as they may form a
        // circle.
        return new FileSourceReader(new Inbox(root.toRealPath(), pattern, watch), format, settings, from, watch);
    }
}
