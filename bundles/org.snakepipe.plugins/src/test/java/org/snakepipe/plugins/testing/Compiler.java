// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles in memory. */
final class Compiler {
    private Compiler() {}

    /** Entry name to class file. */
    static Map<String, byte[]> compile(String className, String source) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Classes classes = new Classes(javac.getStandardFileManager(null, null, null));
        List<String> options = List.of("-classpath", System.getProperty("java.class.path"), "-proc:none");
        if (!javac.getTask(null, classes, null, options, null, List.of(new Source(className, source)))
                .call()) {
            throw new IllegalArgumentException("does not compile: " + source);
        }
        Map<String, byte[]> entries = new HashMap<>();
        classes.written.forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return entries;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("mem:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Classes(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() throws IOException {
                    return written.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
