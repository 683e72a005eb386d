// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.snakepipe.api.config.ConfigRule;
import org.snakepipe.api.config.ConfigSet;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.RuleSource;

/** One rule of a bundle. It is loaded, constructed and run on threads that can be given up. Thread-safe. */
public final class LoadedRule {
    private static final int MOST_PROBLEMS = 100;
    private static final long IDLE_SECONDS = 5;

    /**
     * Every change asks every rule, and several changes come soon after each other. What a rule leaves on its thread goes with
     * it, seconds after the last of them.
     */
    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "snakepipe rules");
                thread.setDaemon(true);
                return thread;
            });

    private final String name;
    private final RuleLoader loader;
    private volatile ConfigRule rule;
    private Run last;

    private LoadedRule(String name, RuleLoader loader) {
        this.name = name;
        this.loader = loader;
    }

    /** The rules of a bundle, which share a loader. */
    public static List<LoadedRule> all(List<String> classes, RuleSource.Entries entries) {
        RuleLoader loader = new RuleLoader(entries);
        return classes.stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .map(name -> new LoadedRule(name, loader))
                .toList();
    }

    /** The name of the class. */
    public String name() {
        return name;
    }

    /** A rule that was begun. */
    public static final class Run {
        private final FutureTask<List<Problem>> task;
        /** While it runs; an interrupt after that would be one of somebody else's check. */
        private Thread thread;

        private boolean givenUp;

        private Run(FutureTask<List<Problem>> task) {
            this.task = task;
        }

        private void run(String name) {
            Thread current = Thread.currentThread();
            String idle = current.getName();
            ClassLoader own = current.getContextClassLoader();
            current.setName(name);
            synchronized (this) {
                thread = current;
                if (givenUp) {
                    current.interrupt();
                }
            }
            task.run();
            synchronized (this) {
                thread = null;
            }
            current.setContextClassLoader(own);
            current.setName(idle);
        }

        /** Waits for its end, unless nobody waits for it any more. */
        private boolean isOver(long nanos) throws InterruptedException {
            if (isGivenUp() || task.isDone()) {
                return task.isDone();
            }
            try {
                task.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                // Whoever has begun it hears of that.
                return true;
            } catch (TimeoutException e) {
                return false;
            }
            return true;
        }

        private synchronized boolean isGivenUp() {
            return givenUp;
        }

        private synchronized void giveUp() {
            givenUp = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        /**
         * Waits.
         *
         * @throws ExecutionException   what it threw
         * @throws TimeoutException     if it takes longer; it is interrupted, and given up
         * @throws InterruptedException if the caller is interrupted; it is given up too
         */
        public List<Problem> problems(long nanos) throws ExecutionException, TimeoutException, InterruptedException {
            boolean finished = false;
            try {
                List<Problem> problems = task.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
                finished = true;
                return problems;
            } finally {
                if (!finished && !task.isDone()) {
                    giveUp();
                }
            }
        }
    }

    /**
     * Begins. A check that somebody else has begun is waited for; one that has been given up and still hangs is not, so that
     * a rule that never ends costs one thread and no time.
     *
     * @param nanos how long to wait
     * @return empty when the rule is busy still
     * @throws InterruptedException if the caller is to stop
     */
    public synchronized Optional<Run> begin(ConfigSet configurations, long nanos) throws InterruptedException {
        if (last != null && !last.isOver(nanos)) {
            return Optional.empty();
        }
        Run run = new Run(new FutureTask<>(() -> check(configurations)));
        THREADS.execute(() -> run.run("snakepipe rule " + name));
        last = run;
        return Optional.of(run);
    }

    private List<Problem> check(ConfigSet configurations) throws ReflectiveOperationException {
        ConfigRule one = rule;
        if (one == null) {
            one = loader.loadClass(name)
                    .asSubclass(ConfigRule.class)
                    .getConstructor()
                    .newInstance();
            rule = one;
        }
        List<Problem> found = one.check(configurations);
        if (found == null) {
            throw new IllegalStateException("it returned null (allowed: a list)");
        }
        // Copied here: the list is foreign too.
        List<Problem> problems = new ArrayList<>();
        for (Problem problem : found) {
            if (problem != null && problems.size() < MOST_PROBLEMS) {
                problems.add(problem);
            }
        }
        return problems;
    }
}
