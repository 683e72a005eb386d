// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes one JSON document per Java source file: package, imports, types with their fields, constructors and methods, calls,
 * complexity. Sources are parsed, not resolved, so nothing they import has to be there.
 *
 * <p>Source of the trees: the JDK's compiler tree API, module {@code jdk.compiler}.
 */
public final class Generator {
    private static final String ENDING = ".java";

    private Generator() {}

    /**
     * Writes the documents.
     *
     * @param arguments the directory to write to, the directory that paths are relative to, and the directories below it
     *                  that are searched for {@code *.java}
     * @throws IOException if a file cannot be read or written, or does not parse; the message names it
     */
    public static void main(String[] arguments) throws IOException {
        Path output = Files.createDirectories(Path.of(arguments[0]));
        Path root = Path.of(arguments[1]).toRealPath();
        int count = 0;
        for (String below : List.of(arguments).subList(2, arguments.length)) {
            for (Path source : sources(root.resolve(below))) {
                write(output, root.relativize(source).toString().replace('\\', '/'), source);
                count++;
            }
        }
        if (count == 0) {
            throw new IOException(
                    "no Java source below " + root + " in " + List.of(arguments).subList(2, arguments.length));
        }
    }

    private static List<Path> sources(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path ->
                            path.toString().endsWith(ENDING) && !path.toString().contains("/target/"))
                    .filter(path -> !path.endsWith("package-info.java") && !path.endsWith("module-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path output, String path, Path source) throws IOException {
        String name = path.substring(0, path.length() - ENDING.length()).replace('/', '.') + ".json";
        try (Writer writer = Files.newBufferedWriter(output.resolve(name), StandardCharsets.UTF_8)) {
            writer.write(JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                    .asString(parse(path, source).document()));
            writer.write('\n');
        }
    }

    /** Parses one file. A file that does not parse is an error: these are sources that have just been compiled. */
    static SyntaxTree parse(String path, Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, diagnostics, List.of("-proc:none"), null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
                if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                    throw new IOException(path + ":" + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(null));
                }
            }
            return new SyntaxTree(unit, Trees.instance(task).getSourcePositions(), path, Files.readString(source));
        }
    }
}
