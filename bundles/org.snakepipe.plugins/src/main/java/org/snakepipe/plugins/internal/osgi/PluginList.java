// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.plugins.internal.Catalogue;
import org.snakepipe.plugins.internal.DroppedFile;
import org.snakepipe.plugins.internal.Explanation;
import org.snakepipe.plugins.internal.PluginJar;

/** Lists plugins as they are at the moment of asking. */
final class PluginList {
    private static final Comparator<PluginInfo> ORDER = Comparator.comparing(PluginInfo::kind)
            .thenComparing(info -> info.symbolicName().isEmpty() ? info.file() : info.symbolicName())
            .thenComparing(PluginInfo::file);

    private final PluginStore store;
    private final Path deploy;

    /** @param deploy what is dropped lies there */
    PluginList(PluginStore store, Path deploy) {
        this.store = store;
        this.deploy = deploy;
    }

    /** A plugin and how its bundle is; the text is empty when it has none. */
    private record Entry(PluginInfo info, String bundle) {}

    /** All, sorted by kind and name. */
    List<PluginInfo> list() {
        return Stream.concat(shipped(), dropped())
                .map(Entry::info)
                .filter(info -> info.kind() != Kind.SHIPPED || !info.provides().isEmpty())
                .sorted(ORDER)
                .toList();
    }

    /** Sentences about one. */
    List<String> why(String nameOrFile) {
        return Stream.concat(shipped(), dropped())
                .filter(entry -> isCalled(entry.info(), nameOrFile))
                .sorted(Comparator.comparing(Entry::info, ORDER))
                .flatMap(entry -> Explanation.of(entry.info(), entry.bundle()).stream())
                .toList();
    }

    /** A PID may have the name of an instance behind it. */
    private static boolean isCalled(PluginInfo info, String name) {
        return name.equals(info.symbolicName())
                || name.equals(info.file())
                || name.equals(new DroppedFile(info.file()).toString())
                || info.pids().contains(name.replaceFirst("~.*", ""));
    }

    private Stream<Entry> shipped() {
        return store.shipped().bundles().entrySet().stream().map(shipped -> {
            Bundle bundle = shipped.getKey();
            String location = bundle.getLocation();
            String file = location.substring(location.lastIndexOf('/') + 1);
            return new Entry(shipped.getValue().info(file, location, state(bundle), reason(bundle)), text(bundle));
        });
    }

    private Stream<Entry> dropped() {
        Catalogue.State known = store.catalogue().state();
        Map<String, Bundle> present = store.bundles().present();
        List<Entry> entries = new ArrayList<>();
        files(known)
                .forEach((file, digests) -> digests.forEach(digest -> {
                    Bundle bundle = known.selection().chosen().containsKey(digest) ? present.get(digest) : null;
                    entries.add(new Entry(info(known, file, digest, bundle), bundle == null ? "" : text(bundle)));
                }));
        return entries.stream();
    }

    /** Name of file to digests: what the file is now, and what it was when that still runs. */
    private static Map<String, List<String>> files(Catalogue.State known) {
        Map<String, List<String>> files = new TreeMap<>();
        known.files().forEach((file, digest) -> add(files, file, digest));
        known.rejections().forEach((file, rejection) -> add(files, file, rejection.digest()));
        known.selection().chosen().forEach((digest, file) -> {
            if (!known.files().containsValue(digest)) {
                add(files, file, digest);
            }
        });
        return files;
    }

    private static void add(Map<String, List<String>> files, String file, String digest) {
        List<String> digests = files.computeIfAbsent(file, name -> new ArrayList<>());
        if (!digests.contains(digest)) {
            digests.add(digest);
        }
    }

    private PluginInfo info(Catalogue.State known, String file, String digest, Bundle bundle) {
        PluginJar jar = known.jars().get(digest);
        String source = deploy.resolve(file).toString();
        Catalogue.Rejection rejection = known.rejections().get(file);
        boolean rejected = rejection != null && rejection.digest().equals(digest);
        if (jar == null) {
            String reason = rejected ? rejection.reason() : Catalogue.NOT_YET;
            return new PluginInfo(
                    file,
                    digest,
                    "",
                    "",
                    Kind.REJECTED,
                    State.FAILED,
                    reason,
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    source);
        }
        if (bundle != null) {
            String used = known.selection().chosen().get(digest);
            boolean same = !used.equals(file) && digest.equals(known.files().get(used));
            String reason = same ? "has the same content as " + new DroppedFile(used) : reason(bundle);
            return jar.info(file, source, state(bundle), reason);
        }
        if (rejected) {
            return jar.info(file, source, State.FAILED, rejection.reason());
        }
        String reason = known.selection().waiting().getOrDefault(digest, Catalogue.NOT_YET);
        return jar.info(file, source, State.WAITING, reason);
    }

    /** A bundle with lazy activation is STARTING until its first class is needed: that is how it works. */
    private static State state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE, Bundle.STARTING -> State.ACTIVE;
            case Bundle.INSTALLED -> State.WAITING;
            default -> State.FAILED;
        };
    }

    private String reason(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE, Bundle.STARTING -> "";
            case Bundle.INSTALLED ->
                new Diagnosis(store.bundles().all(), other -> other.getSymbolicName() + " " + other.getVersion())
                        .missing(bundle);
            default -> "its bundle is not started";
        };
    }

    private static String text(Bundle bundle) {
        String state = switch (bundle.getState()) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
        return String.format(Locale.ROOT, "bundle %d is %s", bundle.getBundleId(), state);
    }
}
