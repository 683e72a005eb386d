// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginRejected;

/** Takes jars in: checked, copied, known. Only the rollout's thread writes; the catalogue may be read from any. */
public final class JarStore {
    private static final Logger LOG = LoggerFactory.getLogger(JarStore.class);

    private final StagingArea staging;
    private final JarAnalysis analysis;
    private final Catalogue catalogue;
    /** Copies that a failure of the machine could take away still. */
    private final Set<String> unforced = new TreeSet<>();

    private Set<String> kept = Set.of();
    private boolean used;

    /**
     * A store. Nothing is read or written yet.
     *
     * @param directory {@code data/plugins}
     * @param java      feature version of the running Java
     * @param catalogue where to remember what jars are
     */
    public JarStore(Path directory, int java, Catalogue catalogue) {
        this.staging = new StagingArea(directory);
        this.analysis = new JarAnalysis(java);
        this.catalogue = catalogue;
    }

    /** Checks a jar and keeps a copy. */
    public PluginJar stage(String name, FileContent content) throws PluginRejected {
        DroppedFile file = new DroppedFile(name);
        try {
            PluginJar jar = known(content.digest()).orElse(null);
            if (jar == null) {
                jar = staged(file, content);
                catalogue.add(jar);
            }
            catalogue.named(name, content.digest());
            return jar;
        } catch (PluginRejected e) {
            catalogue.reject(name, content.digest(), e.problem().message());
            throw e;
        } catch (IOException e) {
            String reason = "cannot be copied to " + staging.directory() + " (" + e.getMessage() + "): make room for "
                    + content.bytes().length + " bytes that this process may write there";
            PluginRejected rejected = file.rejected("plugin.disk", reason, e);
            catalogue.reject(name, content.digest(), rejected.problem().message());
            throw rejected;
        }
    }

    private Optional<PluginJar> known(String digest) {
        return catalogue.jar(digest).filter(jar -> staging.has(digest));
    }

    private PluginJar staged(DroppedFile file, FileContent content) throws IOException, PluginRejected {
        if (staging.has(content)) {
            return analysis.again(file, content.digest(), staging.path(content.digest()));
        }
        Path temporary = staging.write(content);
        try {
            PluginJar jar = analysis.first(file, content.digest(), temporary, staging.path(content.digest()));
            staging.keep(temporary, content.digest());
            unforced.add(content.digest());
            return jar;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Jars that were staged, perhaps before the last restart.
     *
     * @param wanted digest to name of file
     * @return jar to name of file
     * @throws PluginRejected if there is no copy of one of them
     */
    public Map<PluginJar, String> require(Map<String, String> wanted) throws PluginRejected {
        Map<PluginJar, String> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> jar : wanted.entrySet()) {
            found.put(require(jar.getKey(), jar.getValue()), jar.getValue());
        }
        return found;
    }

    private PluginJar require(String digest, String name) throws PluginRejected {
        Optional<PluginJar> known = known(digest);
        if (known.isPresent()) {
            return known.get();
        }
        DroppedFile file = new DroppedFile(name);
        if (!staging.has(digest)) {
            throw file.rejected(
                    "plugin.missing",
                    "is needed with the content " + digest + ", and there is no copy at " + staging.path(digest)
                            + "; put the file into deploy/ again",
                    null);
        }
        try {
            PluginJar jar = analysis.again(file, digest, staging.path(digest));
            catalogue.add(jar);
            return jar;
        } catch (IOException e) {
            throw file.rejected(
                    "plugin.disk", "cannot be read at " + staging.path(digest) + " (" + e.getMessage() + ")", e);
        }
    }

    /** What a jar is that was staged or required. */
    public Kind kind(String digest) {
        return catalogue.jar(digest).map(PluginJar::kind).orElse(Kind.REJECTED);
    }

    /** Its Bundle-SymbolicName, if it was staged or required; else empty. */
    public String symbolicName(String digest) {
        return catalogue.jar(digest).map(jar -> jar.manifest().symbolicName()).orElse("");
    }

    /** What people call the file with this content. */
    public String fileOf(String digest) {
        return catalogue.fileOf(digest);
    }

    /** Where the copy is. */
    public Path path(String digest) {
        return staging.path(digest);
    }

    /**
     * Brings to the disk what was staged since the last time: before a generation says that it has it. Hundreds at once are
     * active by then; while they are staged each would cost two waits for the disk.
     *
     * @throws IOException if the disk does not keep them; tried again the next time
     */
    public void force() throws IOException {
        if (!unforced.isEmpty()) {
            staging.force(unforced);
            unforced.clear();
        }
    }

    /** Where the copies are; for messages. */
    public Path directory() {
        return staging.directory();
    }

    /** Copies that stay although nobody wants them now. */
    public void keep(Set<String> digests) {
        kept = Set.copyOf(digests);
    }

    /**
     * Puts a selection in force and deletes the copies that are of no more use. The first one of a process deletes nothing:
     * what the process before it used is not known, and may be gone back to.
     */
    public void use(Selection selection) {
        Set<String> stay = new HashSet<>(catalogue.use(selection));
        stay.addAll(kept);
        if (!used) {
            used = true;
            return;
        }
        try {
            List<String> deleted = staging.retain(stay);
            LOG.debug("Deleted copies of jars: {}", deleted);
        } catch (IOException e) {
            LOG.warn("Copies of jars in {} could not be deleted; tried again after the next change", path(""), e);
        }
    }
}
