// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.snakepipe.control.ChangeSet;

/**
 * How much of a root is read into memory, where it stays, and goes into each generation that is remembered. What is beyond is
 * told by its name and its size, and its content stays where it is.
 *
 * @param largest  the largest file, in bytes, and all together of those that nobody reads
 * @param together of all that are read, in bytes
 * @param files    how many files and directories are listed
 */
record Allowance(long largest, long together, int files) {
    /** The endings of what is read, as docs/configuration.md says where files lie. */
    private static final List<String> ENDS = List.of(".cfg", ".yaml", ".json");

    private static final List<String> LAYERS = List.of("base/", "local/", "environments/");

    /** Leaves out of a listing what is beyond. @param accepted whether a file has been delivered: those go first */
    void apply(Listing listing, ChangeSet.Root root, Predicate<String> accepted) {
        if (listing.together() <= largest) {
            return;
        }
        List<String> read = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        listing.files().keySet().forEach(path -> (isRead(root, path) ? read : notes).add(path));
        beyond(listing, read, together, accepted)
                .forEach(path -> listing.leaveOut(path, reason(listing, path, together, root)));
        beyond(listing, notes, largest, accepted)
                .forEach(path -> listing.passOver(
                        path, reason(listing, path, largest, root) + ". Nobody reads it: keep it elsewhere"));
    }

    private List<String> beyond(Listing listing, List<String> paths, long most, Predicate<String> accepted) {
        long all = 0;
        long greatest = 0;
        for (String path : paths) {
            long size = listing.files().get(path).size();
            all += size;
            greatest = Math.max(greatest, size);
        }
        if (all <= most && greatest <= largest) {
            return List.of();
        }
        paths.sort(
                Comparator.comparing((String path) -> !accepted.test(path)).thenComparing(Comparator.naturalOrder()));
        List<String> beyond = new ArrayList<>();
        long left = most;
        for (String path : paths) {
            long size = listing.files().get(path).size();
            if (size <= largest && size <= left) {
                left -= size;
            } else {
                beyond.add(path);
            }
        }
        return beyond;
    }

    private String reason(Listing listing, String path, long most, ChangeSet.Root root) {
        long size = listing.files().get(path).size();
        String all = ", and " + most + " for all of its kind in " + root.folder() + " together";
        return "has " + size + " bytes (allowed: at most " + largest + (size > largest ? "" : all) + ")";
    }

    /** Whether anybody reads a file of this name, whatever it says. Only what nobody reads may be passed over. */
    private static boolean isRead(ChangeSet.Root root, String path) {
        if (root != ChangeSet.Root.CONFIG || path.equals("secrets.names")) {
            return true;
        }
        boolean layer = path.indexOf('/') < 0 || LAYERS.stream().anyMatch(path::startsWith);
        return layer && ENDS.stream().anyMatch(path::endsWith);
    }
}
