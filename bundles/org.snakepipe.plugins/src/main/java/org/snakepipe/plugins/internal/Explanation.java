// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;

/** Tells people about one plugin, in sentences. */
public final class Explanation {
    private Explanation() {}

    /**
     * What it is, where it came from, what it provides, and why it is as it is.
     *
     * @param info   the plugin
     * @param bundle how its bundle is, {@code bundle 12 is ACTIVE}; empty when there is none
     */
    public static List<String> of(PluginInfo info, String bundle) {
        List<String> sentences = new ArrayList<>();
        sentences.add(beginning(info));
        if (!info.provides().isEmpty()) {
            String what = info.kind() == Kind.LIBRARY ? "exports " : "provides ";
            sentences.add("It " + what + String.join(", ", info.provides()) + ".");
        }
        if (!info.pids().isEmpty()) {
            sentences.add("It knows the configuration of " + String.join(", ", info.pids()) + ".");
        }
        if (!info.signer().isEmpty()) {
            sentences.add("It is signed by " + info.signer() + ", which nobody has looked into.");
        }
        String because = info.reason().isEmpty() ? "" : ": " + info.reason();
        sentences.add(
                switch (info.state()) {
                    case ACTIVE -> "It is active" + because + ".";
                    case WAITING -> "It waits" + because + ".";
                    case AVAILABLE -> "It can be registered" + because + ".";
                    case FAILED -> "It is not in use" + because + ".";
                });
        if (!bundle.isEmpty()) {
            sentences.add("Its " + bundle + ".");
        }
        return sentences;
    }

    private static String beginning(PluginInfo info) {
        String name = info.symbolicName() + " " + info.version();
        DroppedFile file = new DroppedFile(info.file());
        return switch (info.kind()) {
            case SHIPPED -> name + " came with the product, in " + info.file() + ".";
            case PLUGIN -> name + " is a plugin, dropped as " + file + ".";
            case LIBRARY -> name + " is a library, dropped as " + file + ".";
            case REJECTED -> file + " was rejected.";
        };
    }
}
