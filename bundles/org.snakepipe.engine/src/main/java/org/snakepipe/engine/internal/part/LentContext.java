// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.StateStore;
import org.snakepipe.control.Secrets;
import org.snakepipe.engine.internal.state.States;

/** What the engine lends to one open part, and remembers until the part is closed. */
final class LentContext implements OpenContext {
    private final ConfigId id;
    private final House house;
    private final Optional<StateStore> state;
    private final System.Logger logger;
    private final List<Resources.Loan> loans = new ArrayList<>();
    private final Map<ConfigId, String> asked = new HashMap<>();

    /**
     * Where a part lives.
     *
     * @param pipeline  name of the pipeline
     * @param data      the data directory
     * @param resources what can be borrowed
     * @param secrets   fills in words
     * @param states    what parts remember
     * @param level     the least important level that is logged
     */
    record House(
            String pipeline,
            Path data,
            Resources resources,
            Secrets secrets,
            States states,
            Supplier<System.Logger.Level> level) {}

    /** Of a part of a pipeline. */
    LentContext(ConfigId id, House house) {
        this(id, house, Optional.of(house.states().of(id)));
    }

    private LentContext(ConfigId id, House house, Optional<StateStore> state) {
        this.id = id;
        this.house = house;
        this.state = state;
        this.logger = new PipelineLogger("org.snakepipe.pipeline." + house.pipeline() + "." + id, house.level());
    }

    @Override
    public ConfigId id() {
        return id;
    }

    @Override
    public Path dataDirectory() {
        return house.data();
    }

    @Override
    public <T> T resource(String text, Class<T> type) throws IOException, InterruptedException {
        ConfigId wanted;
        try {
            wanted = ConfigId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        synchronized (loans) {
            asked.put(wanted, house.resources().fingerprint(wanted));
        }
        Resources.Loan loan = house.resources().borrow(wanted, new LentContext(wanted, house, Optional.empty()));
        synchronized (loans) {
            loans.add(loan);
        }
        return house.resources().value(loan, type);
    }

    @Override
    public String secret(String value) throws IOException {
        return house.secrets().fill(value);
    }

    @Override
    public StateStore state() {
        return state.orElseThrow(() -> new IllegalStateException(
                id + " is a resource, which pipelines share: it has no state of its own in a pipeline"));
    }

    @Override
    public System.Logger logger() {
        return logger;
    }

    /** What was asked for, borrowed or not: id to fingerprint, empty for what nobody provides. */
    Map<ConfigId, String> asked() {
        synchronized (loans) {
            return new HashMap<>(asked);
        }
    }

    /** What is borrowed now. */
    List<Resources.Loan> loans() {
        synchronized (loans) {
            return List.copyOf(loans);
        }
    }

    void giveBack() {
        List<Resources.Loan> all;
        synchronized (loans) {
            all = List.copyOf(loans);
            loans.clear();
        }
        all.forEach(house.resources()::giveBack);
    }
}
