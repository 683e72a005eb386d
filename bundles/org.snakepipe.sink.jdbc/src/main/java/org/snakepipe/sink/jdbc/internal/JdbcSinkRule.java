// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigRule;
import org.snakepipe.api.config.ConfigSet;
import org.snakepipe.api.config.Problem;

/** What the columns, the key and the mode of a sink have to do with each other. */
public final class JdbcSinkRule implements ConfigRule {
    @Override
    public List<Problem> check(ConfigSet configurations) {
        List<Problem> problems = new ArrayList<>();
        for (ConfigId id : configurations.ids(JdbcSink.PID)) {
            if (configurations.values(id).keySet().containsAll(List.of("columns", "mode", "create.table"))) {
                check(configurations, id, problems);
            }
        }
        return problems;
    }

    private static void check(ConfigSet configurations, ConfigId id, List<Problem> problems) {
        List<String> columns = configurations.texts(id, "columns");
        List<String> key = configurations.texts(id, "key");
        boolean upsert = configurations.texts(id, "mode").contains("upsert");
        boolean create = configurations.texts(id, "create.table").contains("true");
        for (Mistake mistake : Columns.mistakes(columns, key, upsert, create)) {
            problems.add(Problem.error(mistake.code(), mistake.message())
                    .id(id)
                    .key(mistake.key())
                    .fixes(mistake.fixes())
                    .build());
        }
    }
}
