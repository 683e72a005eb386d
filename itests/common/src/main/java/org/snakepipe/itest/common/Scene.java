// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.snakepipe.control.House;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;

/** A runtime under test, seen as an operator sees it: files go in, receipts come out. Used by one test at a time. */
public final class Scene implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;
    private static final long LOOK_NANOS = 5_000_000;

    private final BundleContext context;
    private final BlockingQueue<ReloadResult> outcomes = new LinkedBlockingQueue<>();
    private final ServiceRegistration<ReloadListener> registration;

    /**
     * Begins to listen.
     *
     * @param context the context of the test bundle
     */
    public Scene(BundleContext context) {
        this.context = context;
        registration = context.registerService(ReloadListener.class, outcomes::add, null);
    }

    /**
     * Waits until the first generation is in force.
     *
     * @return this
     * @throws InterruptedException if the test is interrupted
     */
    public Scene booted() throws InterruptedException {
        await("the boot", () -> {
            ServiceReference<org.snakepipe.control.ConfigManager> manager =
                    context.getServiceReference(org.snakepipe.control.ConfigManager.class);
            return manager != null && context.getService(manager).lastResult().isPresent();
        });
        outcomes.clear();
        return this;
    }

    /**
     * The service of a type.
     *
     * @param <T>  the type
     * @param type the type
     * @return the service; it is waited for
     * @throws InterruptedException if the test is interrupted
     */
    public <T> T service(Class<T> type) throws InterruptedException {
        await("a service " + type.getSimpleName(), () -> context.getServiceReference(type) != null);
        return context.getService(context.getServiceReference(type));
    }

    /**
     * A service with a certain PID.
     *
     * @param <T>  the type
     * @param type the type
     * @param pid  its {@code service.pid}
     * @return the reference, or {@code null}
     */
    public <T> ServiceReference<T> byPid(Class<T> type, String pid) {
        try {
            return context.getServiceReferences(type, "(service.pid=" + pid + ")").stream()
                    .findFirst()
                    .orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * A watched or written directory.
     *
     * @param property one of {@link House#CONFIG}, {@link House#DEPLOY}, {@link House#DATA}
     * @return its path
     */
    public Path directory(String property) {
        return Path.of(context.getProperty(property));
    }

    /**
     * Saves a configuration file the careful way: beside, then renamed.
     *
     * @param path below the configuration directory
     * @param text its content
     */
    public void save(String path, String text) {
        try {
            Path file = directory(House.CONFIG).resolve(path);
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling("." + file.getFileName() + ".new");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes a configuration file.
     *
     * @param path below the configuration directory
     */
    public void delete(String path) {
        try {
            Files.delete(directory(House.CONFIG).resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a receipt.
     *
     * @param wanted which one
     * @return the first receipt that is wanted; earlier ones are thrown away
     * @throws InterruptedException if the test is interrupted
     */
    public ReloadResult outcome(Predicate<ReloadResult> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        StringBuilder seen = new StringBuilder();
        while (true) {
            ReloadResult outcome = outcomes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (outcome == null) {
                throw new AssertionError("no such outcome in " + PATIENCE_SECONDS + " s; seen:" + seen);
            }
            if (wanted.test(outcome)) {
                return outcome;
            }
            seen.append("\n  ").append(outcome);
        }
    }

    /**
     * Waits for what came of a change of a file. Receipts of other files do not count, for the change of an earlier
     * test may still be under way, and files that are saved together may come into force one after the other.
     *
     * @param status the status
     * @param file   a part of the file's name
     * @return the first receipt that says so
     * @throws InterruptedException if the test is interrupted
     */
    public ReloadResult outcome(ReloadResult.Status status, String file) throws InterruptedException {
        return outcome(outcome -> outcome.status() == status && outcome.cause().contains(file));
    }

    /**
     * Waits until something is so, looking every few milliseconds.
     *
     * @param what for the message
     * @param so   tells whether it is
     * @throws InterruptedException if the test is interrupted
     */
    public static void await(String what, Callable<Boolean> so) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!so.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(what + ": not in " + PATIENCE_SECONDS + " s");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
