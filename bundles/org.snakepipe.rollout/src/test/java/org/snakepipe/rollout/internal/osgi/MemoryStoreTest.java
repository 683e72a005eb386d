// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private final MemoryStore store = new MemoryStore();

    @Test
    void keepsWhatItIsGivenAsItWas() throws IOException {
        Dictionary<String, Object> given = new Hashtable<>(Map.of("service.pid", "a", "value", 1));
        store.store("a", given);
        given.put("value", 2);
        store.load("a").put("value", 3);

        assertThat(store.load("a").get("value")).isEqualTo(1);
        assertThat(Collections.list(store.getDictionaries()))
                .singleElement()
                .isEqualTo(new Hashtable<>(Map.of("service.pid", "a", "value", 1)));
    }

    @Test
    void forgetsWhatIsDeleted() {
        store.store("a", new Hashtable<>(Map.of("service.pid", "a")));

        store.delete("a");
        store.delete("never there");

        assertThat(store.exists("a")).isFalse();
        assertThat(store.getDictionaries().hasMoreElements()).isFalse();
        assertThatIOException().isThrownBy(() -> store.load("a")).withMessageContaining("a");
    }
}
