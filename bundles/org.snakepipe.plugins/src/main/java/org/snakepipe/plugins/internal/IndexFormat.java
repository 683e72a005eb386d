// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.control.PluginInfo;

/** How an entry of the index is written. Who changes it changes {@link #VERSION}. */
final class IndexFormat {
    /** Part of who writes an index. */
    static final String VERSION = "4";

    /** No manifest is larger; a greater number is damage. */
    private static final int MOST = 64 << 20;

    private IndexFormat() {}

    static void write(DataOutputStream out, DiscoveryIndex.Entry entry) throws IOException {
        out.writeLong(entry.stamp().size());
        out.writeLong(entry.stamp().modified());
        write(out, entry.stamp().key());
        PluginInfo info = entry.jar().info();
        for (String text : List.of(info.file(), info.digest(), info.symbolicName(), info.version())) {
            write(out, text);
        }
        write(out, info.kind().name());
        write(out, info.state().name());
        write(out, info.reason());
        write(out, info.provides());
        write(out, info.pids());
        write(out, info.requirements());
        write(out, info.signer());
        write(out, info.source());
        write(out, List.copyOf(entry.jar().wiring().keySet()));
        for (String name : List.copyOf(entry.jar().wiring().keySet())) {
            write(out, entry.jar().wiring().get(name));
        }
    }

    static DiscoveryIndex.Entry entry(DataInputStream in) throws IOException {
        FileStamp stamp = new FileStamp(in.readLong(), in.readLong(), text(in));
        PluginInfo info = new PluginInfo(
                text(in),
                text(in),
                text(in),
                text(in),
                PluginInfo.Kind.valueOf(text(in)),
                PluginInfo.State.valueOf(text(in)),
                text(in),
                texts(in),
                texts(in),
                texts(in),
                text(in),
                text(in));
        Map<String, String> wiring = new HashMap<>();
        for (String name : texts(in)) {
            wiring.put(name, text(in));
        }
        return new DiscoveryIndex.Entry(stamp, new FoundJar(info, wiring));
    }

    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[length(in)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int rest = length(in); rest > 0; rest--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST) {
            throw new IOException("it is damaged: a length of " + length);
        }
        return length;
    }
}
