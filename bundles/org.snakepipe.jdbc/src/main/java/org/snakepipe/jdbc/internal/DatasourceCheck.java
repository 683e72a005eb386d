// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.jdbc.DatasourceProbe;

/** Whether the database takes the user and the password. One that does not answer is nobody's fault. */
public final class DatasourceCheck implements ConfigCheck {
    @Override
    public List<Problem> check(ConfigId id, Map<String, Object> values, CheckContext context) throws IOException {
        try {
            Optional<Connection> connected = DatasourceProbe.connect(values, context);
            if (connected.isPresent()) {
                connected.get().close();
            }
            return List.of();
        } catch (SQLException e) {
            return List.of(wrong(Shown.text(e.getMessage())));
        }
    }

    private static Problem wrong(String reason) {
        return Problem.error("check.failed", "the database refuses this: " + reason)
                .key("url")
                .build();
    }
}
