// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/**
 * One watched root: what of it has been delivered, and what is changing. Each {@link #step} lists the root once; content
 * digests decide what changed. Used by one thread.
 */
public final class Tree {
    /**
     * How one root is watched.
     *
     * @param kind      which root
     * @param path      where it is; what its links lead to is asked at each look, for they may be switched
     * @param recursive whether directories below it count
     * @param allowance how much of it is read
     * @param cap       a set waits at the most this long for the whole root to rest; zero: each file counts for itself
     */
    public record Root(ChangeSet.Root kind, Path path, boolean recursive, Allowance allowance, Duration cap) {}

    /** Never: nothing is pending. */
    static final long NEVER = Long.MAX_VALUE;

    /** As many links after one another as the system follows. */
    private static final int MOST_HOPS = 40;

    /** The digest of nothing. */
    private static final String UNKNOWN = "";

    private static final long AT_REST_MILLIS = 2_000;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final String OR_CONFIRM = ", or somebody confirms with 'snakepipe apply HASH' that it was meant";
    /** So long no more files have come back after an accident: then that is all. */
    private static final Duration FILLED = Duration.ofSeconds(5);

    private static final Duration FIRST_CAP = Duration.ofSeconds(3);
    /**
     * So long after it was written, what rests waits for others that are written again and again: with the time that a change
     * takes, what lies still for a second is in force. Many files that are written once each, as by a checkout, are one set up
     * to the cap of the root.
     */
    private static final Duration BUSY_CAP = Duration.ofMillis(500);

    private record Known(Stamp stamp, String digest) {}

    /** So long without a rest, and a file is written again and again: a writer that is done after a while takes less. */
    private static final Duration RESTLESS = Duration.ofMillis(900);

    /** @param since when it was first seen as it is @param first when it was first seen not to be as it was delivered */
    private record Pending(Stamp stamp, long since, long first) {}

    private final Root root;
    private Path place;
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private final BiConsumer<Path, Map<String, Object>> directorySeen;
    private final Map<String, Known> accepted = new HashMap<>();
    private final FullDirectories full;
    private Map<String, Pending> pending = new HashMap<>();
    private Map<String, String> unreadable = Map.of();
    private Map<String, String> passedOver = Map.of();
    private boolean initial = true;
    private boolean toldMissing;
    private long pendingSince;
    /** Whether something that rested, and waited for the others, was written once more; or something does not rest at all. */
    private boolean busy;

    private String accident = "";
    /** What lay there at the last look, of a root that fills again. */
    private Optional<Map<String, Stamp>> returning = Optional.empty();

    private long returningSince;
    private volatile boolean meant;
    /** What was written by command since the last look. */
    private final Queue<Map<String, String>> written = new ConcurrentLinkedQueue<>();

    Tree(Root root, LongSupplier nanos, LongSupplier millis, BiConsumer<Path, Map<String, Object>> directorySeen) {
        this.root = root;
        this.place = root.path();
        this.nanos = nanos;
        this.millis = millis;
        this.directorySeen = directorySeen;
        this.full = new FullDirectories(nanos);
    }

    /** What one step found. @param set what to deliver @param next nanoseconds until the next look is due */
    record Step(Optional<ChangeSet> set, long next) {}

    /** Forgets what was delivered: the next set is an initial one. For a listener that comes later. */
    void startOver() {
        accepted.clear();
        pending.clear();
        busy = false;
        unreadable = Map.of();
        initial = true;
        toldMissing = false;
    }

    /**
     * A step failed, or who was given its set: nobody knows what of it arrived, so the next set holds everything again. What was
     * there is still known, or an accident would look like an order.
     */
    void deliverAgain() {
        accepted.replaceAll((path, known) -> new Known(Stamp.GONE, UNKNOWN));
        pending = new HashMap<>();
        pendingSince = 0;
        busy = false;
        unreadable = Map.of();
        initial = true;
        toldMissing = false;
    }

    /** Why the root is held as it was; empty when all is well. */
    String accident() {
        return accident;
    }

    Map<String, String> unreadable() {
        return unreadable;
    }

    /** Path to the reason why a file is not looked at, of what does no harm by it. */
    Map<String, String> passedOver() {
        return passedOver;
    }

    /**
     * Looks once.
     *
     * @param digest read files whose stamps did not change too
     */
    Step step(boolean digest) {
        Listing listing;
        try {
            listing = Listing.of(place(), root.recursive(), root.allowance().files(), full, directorySeen);
        } catch (IOException e) {
            String what = root.path() + " cannot be listed (" + e + "): ";
            if (initial && accepted.isEmpty()) {
                return missing(what + "it is read as soon as it is there");
            }
            return accident(
                    what + "its last content stays in force until it is back" + OR_CONFIRM,
                    what + "it is read as soon as it is there");
        }
        root.allowance().apply(listing, root.kind(), accepted::containsKey);
        passedOver = listing.passedOver();
        if (accepted.size() >= 5 && listing.files().isEmpty()) {
            return accident(
                    "all " + accepted.size() + " files of " + root.path()
                            + " are gone at once: their last content stays in force until they are back" + OR_CONFIRM,
                    "");
        }
        if (isHeld()) {
            if (meant) {
                // What was confirmed is that all are gone: what has come back since is new.
                return new Step(accident("", "").set(), AGAIN_NANOS);
            }
            Optional<Step> filling = filling(listing);
            if (filling.isPresent()) {
                return filling.get();
            }
        }
        accident = "";
        meant = false;
        returning = Optional.empty();
        return settle(listing, digest);
    }

    /** All of one look is of one directory, also when a link is switched meanwhile. */
    private Path place() throws IOException {
        Path link = root.path();
        for (int hops = 0; hops < MOST_HOPS && Files.isSymbolicLink(link); hops++) {
            // A link is an entry of its directory: that one tells when it becomes another.
            Path above = link.toAbsolutePath().getParent();
            directorySeen.accept(above, Files.readAttributes(above, "unix:dev,ino"));
            link = link.resolveSibling(Files.readSymbolicLink(link));
        }
        place = root.path().toRealPath();
        return place;
    }

    /** The directory that was looked at last. */
    Path lastPlace() {
        return place;
    }

    private boolean isHeld() {
        return !accident.isEmpty() && !accepted.isEmpty();
    }

    /**
     * What was gone by accident may come back in bursts, as when a volume fills slowly. It is back when every file is, or when no
     * more have come for a while: then those that are missing still are gone.
     */
    private Optional<Step> filling(Listing listing) {
        if (accepted.keySet().stream().allMatch(listing::has)) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        if (!returning.equals(Optional.of(listing.files()))) {
            returning = Optional.of(listing.files());
            returningSince = now;
        }
        long left = FILLED.toNanos() - (now - returningSince);
        return left > 0 ? Optional.of(new Step(Optional.empty(), left)) : Optional.empty();
    }

    /** Nobody has seen it yet, and somebody waits for its first set: it is told once, and what to make of it is not ours to say. */
    private Step missing(String reason) {
        if (toldMissing) {
            return new Step(Optional.empty(), NEVER);
        }
        toldMissing = true;
        return new Step(Optional.of(new ChangeSet(root.kind(), true, Map.of(), Set.of(), Map.of("", reason))), NEVER);
    }

    /** Nothing is delivered, unless somebody has said that it was meant. @param after what is wrong when nothing is held */
    private Step accident(String what, String after) {
        returning = Optional.empty();
        if (!accepted.isEmpty() && !meant) {
            accident = what;
            return new Step(Optional.empty(), NEVER);
        }
        Optional<ChangeSet> set =
                Optional.of(allGone()).filter(gone -> !gone.gone().isEmpty());
        accepted.clear();
        pending.clear();
        accident = after;
        meant = false;
        return new Step(set, NEVER);
    }

    /** What it would be if an accident was meant. */
    ChangeSet allGone() {
        return new ChangeSet(root.kind(), false, Map.of(), accepted.keySet(), Map.of());
    }

    /** Somebody says that an accident was meant: the next step delivers it. From any thread. */
    void confirm() {
        meant = true;
    }

    /** Files were written by command. From any thread. @param digests path to digest; empty for a file that was deleted */
    void wrote(Map<String, String> digests) {
        written.add(digests);
    }

    /** Who has seen already what was written knows all; else what was delivered last is old news, and news when it comes back. */
    private void forgetWritten() {
        for (Map<String, String> digests = written.poll(); digests != null; digests = written.poll()) {
            digests.forEach((path, digest) -> accepted.computeIfPresent(
                    path, (same, known) -> known.digest().equals(digest) ? known : new Known(known.stamp(), UNKNOWN)));
        }
    }

    private Step settle(Listing listing, boolean digest) {
        forgetWritten();
        long now = nanos.getAsLong();
        Map<String, Pending> changed = changed(listing, now);
        pending = changed;
        if (changed.isEmpty()) {
            pendingSince = 0;
        } else if (pendingSince == 0) {
            pendingSince = now;
        }
        List<String> ready = new ArrayList<>();
        long wait = NEVER;
        long due = cap() - (now - pendingSince);
        for (Map.Entry<String, Pending> entry : changed.entrySet()) {
            long stood = now - entry.getValue().since();
            long left = rest(entry.getKey(), entry.getValue()) - stood;
            if (left > 0) {
                wait = Math.min(wait, left);
                continue;
            }
            ready.add(entry.getKey());
            if (busy && !initial) {
                due = Math.min(due, BUSY_CAP.toNanos() - stood);
            }
        }
        if (wait != NEVER && due > 0) {
            return new Step(Optional.empty(), Math.max(Math.min(wait, due), AGAIN_NANOS));
        }
        return read(listing, ready, digest, wait, due <= 0);
    }

    private long cap() {
        return (initial ? FIRST_CAP : root.cap()).toNanos();
    }

    private Map<String, Pending> changed(Listing listing, long now) {
        Map<String, Pending> changed = new HashMap<>();
        listing.files().forEach((path, stamp) -> {
            Known known = accepted.get(path);
            if (known == null || !known.stamp().equals(stamp)) {
                changed.put(path, since(path, stamp, now));
            }
        });
        for (String path : accepted.keySet()) {
            if (!listing.has(path)) {
                changed.put(path, since(path, Stamp.GONE, now));
            }
        }
        return changed;
    }

    private Pending since(String path, Stamp stamp, long now) {
        Pending before = pending.get(path);
        if (before == null) {
            return new Pending(stamp, now, now);
        }
        if (before.stamp().equals(stamp)) {
            return before;
        }
        busy |= now - before.since() >= rest(path, before) || now - before.first() >= RESTLESS.toNanos();
        return new Pending(stamp, now, before.first());
    }

    /**
     * At the first look there is nothing to compare with. A file whose mtime and ctime are both seconds old is not being
     * written: then nobody waits for it. Should that be wrong, the bell, which is hung before the listing, puts it right.
     */
    private long rest(String path, Pending file) {
        Known known = accepted.get(path);
        if (initial && !file.stamp().isGone() && file.stamp().size() > 0) {
            long newest = TimeUnit.NANOSECONDS.toMillis(
                    Math.max(file.stamp().mtime(), file.stamp().ctime()));
            if (millis.getAsLong() - newest > AT_REST_MILLIS) {
                return 0;
            }
        }
        return SettleRule.rest(file.stamp(), known == null ? null : known.stamp());
    }

    /** @param due whether what is ready cannot wait for what changes while it is read */
    private Step read(Listing listing, List<String> ready, boolean digest, long wait, boolean due) {
        Map<String, FileContent> changed = new TreeMap<>();
        Set<String> gone = new TreeSet<>();
        Map<String, String> failures = new TreeMap<>(listing.failures());
        Map<String, Known> taken = new HashMap<>();
        long next = wait;
        List<String> paths = new ArrayList<>(ready);
        if (digest) {
            listing.files().keySet().stream()
                    .filter(path -> !pending.containsKey(path))
                    .forEach(paths::add);
        }
        for (String path : paths) {
            Pending file = pending.get(path);
            Stamp stamp = file == null ? listing.files().get(path) : file.stamp();
            if (stamp.isGone()) {
                gone.add(path);
                taken.put(path, null);
                continue;
            }
            try {
                Optional<FileContent> content = content(path, stamp);
                if (content.isEmpty()) {
                    next = Math.min(next, AGAIN_NANOS);
                    if (due) {
                        continue;
                    }
                    return new Step(Optional.empty(), AGAIN_NANOS);
                }
                Known known = accepted.get(path);
                if (known == null || !known.digest().equals(content.get().digest())) {
                    changed.put(path, content.get());
                }
                taken.put(path, new Known(stamp, content.get().digest()));
            } catch (IOException e) {
                failures.put(path, e.getMessage());
            }
        }
        // Of what was not tried now it is still so; it is tried again when it has rested.
        unreadable.forEach((path, reason) -> {
            if (pending.containsKey(path) && !paths.contains(path)) {
                failures.putIfAbsent(path, reason);
            }
        });
        taken.forEach(this::accept);
        busy = false;
        pendingSince = pending.isEmpty() ? 0 : nanos.getAsLong();
        return new Step(deliver(changed, gone, failures), pending.isEmpty() ? NEVER : Math.max(next, AGAIN_NANOS));
    }

    private void accept(String path, Known known) {
        if (known == null) {
            accepted.remove(path);
        } else {
            accepted.put(path, known);
        }
        pending.remove(path);
    }

    private Optional<ChangeSet> deliver(
            Map<String, FileContent> changed, Set<String> gone, Map<String, String> failures) {
        // Also what can be read again, or is gone, is news, although no content is another.
        boolean others = !failures.equals(unreadable);
        unreadable = Map.copyOf(failures);
        failures.keySet().forEach(pending::remove);
        if (!initial && changed.isEmpty() && gone.isEmpty() && !others) {
            return Optional.empty();
        }
        ChangeSet set = new ChangeSet(root.kind(), initial, changed, gone, failures);
        initial = false;
        return Optional.of(set);
    }

    /** The content, if it is still what the stamp says after reading. */
    private Optional<FileContent> content(String path, Stamp stamp) throws IOException {
        Path file = place.resolve(path);
        byte[] bytes = new byte[(int) stamp.size()];
        // No more than that is read: it may have grown to what fits no memory.
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(bytes, 0, bytes.length) == bytes.length
                            && Stamp.of(file).equals(stamp)
                    ? Optional.of(new FileContent(bytes, digest(bytes)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException("cannot be read: " + e, e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
