// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Looks through directories for jars. Each is read once, in parallel, without loading a class or unpacking it; one that is as
 * it was is not read again. What is there more than once is said. Nothing is staged and nothing installed. Thread-safe.
 */
public final class Discovery {
    /** What is larger is not looked at; {@code deploy/} takes nothing larger either. */
    private static final long LARGEST = 512L << 20;

    private static final String NO_TEXT =
            "is not read: its name is not in the encoding that file names have here, UTF-8 as a rule; rename it";

    private final JarReading reading;
    private final UnaryOperator<FoundJar> check;
    private final DiscoveryIndex index;

    /**
     * For one Java and one index.
     *
     * @param index   file of the index
     * @param product version of the product, which may understand a jar in another way than the one before
     * @param java    feature version of the running Java
     */
    public Discovery(Path index, String product, int java) {
        this(index, product, java, UnaryOperator.identity());
    }

    /**
     * The same, with a second check.
     *
     * @param check gives what it is given, or rejects it; called from several threads, once for each jar that is read
     */
    public Discovery(Path index, String product, int java, UnaryOperator<FoundJar> check) {
        this.index = new DiscoveryIndex(index, String.join(" ", IndexFormat.VERSION, product, String.valueOf(java)));
        this.reading = new JarReading(java, LARGEST);
        this.check = check;
    }

    /**
     * Looks for jars.
     *
     * @param directories what lies directly in them counts
     * @return sorted by path; a directory that cannot be listed is among them, rejected
     * @throws InterruptedException if the caller is interrupted while waiting
     */
    public List<FoundJar> discover(Collection<Path> directories) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()), Discovery::thread);
        try {
            Map<String, FoundJar> found = new TreeMap<>();
            List<Path> jars = new ArrayList<>();
            for (Listing listing : all(
                    threads,
                    directories.stream()
                            .map(Discovery::absolute)
                            .distinct()
                            .<Callable<Listing>>map(directory -> () -> list(directory))
                            .toList())) {
                jars.addAll(listing.jars());
                listing.problem().forEach(problem -> found.put(problem.info().file(), problem));
            }
            look(threads, jars).forEach(jar -> found.put(jar.info().file(), jar));
            return Findings.among(found.values().stream()
                    .sorted(Comparator.comparing(jar -> jar.info().file()))
                    .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    /** One jar, wherever it lies. */
    public FoundJar look(Path jar) {
        return look(absolute(jar), new ConcurrentHashMap<>());
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** The jars of a directory, and what is wrong with it. */
    private record Listing(List<Path> jars, List<FoundJar> problem) {}

    private static Listing list(Path directory) {
        List<Path> jars = new ArrayList<>();
        List<FoundJar> odd = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                if (isText(file)) {
                    jars.add(file);
                } else {
                    odd.add(FoundJar.rejected(file.toString(), "", NO_TEXT));
                }
            }
            return new Listing(jars, odd);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            String reason = "is no directory that can be listed (" + e + "): name another one";
            return new Listing(List.of(), List.of(FoundJar.rejected(directory.toString(), "", reason)));
        }
    }

    /** Whether its name, as a text, is that of this file: who is told of it could not name it otherwise. */
    private static boolean isText(Path path) {
        try {
            return path.getFileSystem().getPath(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<FoundJar> look(ExecutorService threads, List<Path> jars) throws InterruptedException {
        Map<String, DiscoveryIndex.Entry> news = new ConcurrentHashMap<>();
        List<FoundJar> found = all(
                threads,
                jars.stream()
                        .<Callable<FoundJar>>map(jar -> () -> look(jar, news))
                        .toList());
        if (!news.isEmpty()) {
            index.add(news);
        }
        return found;
    }

    private FoundJar look(Path jar, Map<String, DiscoveryIndex.Entry> news) {
        String path = jar.toString();
        try {
            FileStamp stamp = FileStamp.of(jar);
            FoundJar known = index.find(path, stamp).orElse(null);
            if (known != null) {
                return known;
            }
            FoundJar found = check.apply(reading.read(jar, stamp));
            // A file that was written just now may be written again without another stamp.
            long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            if (stamp.isOld(now) && FileStamp.of(jar).equals(stamp)) {
                news.put(path, new DiscoveryIndex.Entry(stamp, found));
            }
            return found;
        } catch (IOException e) {
            return FoundJar.rejected(path, "", "cannot be read (" + e + "); it is looked at again next time");
        }
    }

    private static <T> List<T> all(ExecutorService threads, List<Callable<T>> tasks) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> task : threads.invokeAll(tasks)) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a jar cannot be looked at: " + e.getCause(), e.getCause());
            }
        }
        return results;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "snakepipe discovery");
        thread.setDaemon(true);
        return thread;
    }
}
