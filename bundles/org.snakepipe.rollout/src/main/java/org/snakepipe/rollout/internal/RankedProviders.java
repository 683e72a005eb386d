// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakepipe.control.SecretProvider;

/** Those who know secrets, the highest ranking first. From any thread. */
public final class RankedProviders {
    private record Ranked(SecretProvider provider, int ranking) {}

    private List<Ranked> ranked = List.of();

    /**
     * One more knows secrets.
     *
     * @param provider who
     * @param ranking  of equal ones, who came first is asked first
     */
    public synchronized void add(SecretProvider provider, int ranking) {
        List<Ranked> more = new ArrayList<>(ranked);
        more.add(new Ranked(provider, ranking));
        more.sort(Comparator.comparingInt(Ranked::ranking).reversed());
        ranked = List.copyOf(more);
    }

    /**
     * One is gone.
     *
     * @param provider who
     */
    public synchronized void remove(SecretProvider provider) {
        ranked = ranked.stream().filter(one -> one.provider != provider).toList();
    }

    /**
     * All that are there now.
     *
     * @return in the order in which they are asked
     */
    public synchronized List<SecretProvider> all() {
        return ranked.stream().map(Ranked::provider).toList();
    }
}
