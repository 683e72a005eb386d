// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal.osgi;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.snakepipe.control.SecretProvider;
import org.snakepipe.secrets.internal.SecretVariables;

/** Before files, like the variables of the configuration: what is set for this one process wins over what is shared. */
@Component(property = "service.ranking:Integer=200")
public final class SecretVariablesComponent implements SecretProvider {
    private final SecretProvider variables = new SecretVariables(System::getenv);

    @Override
    public String name() {
        return variables.name();
    }

    @Override
    public Optional<String> secret(String name) throws IOException {
        return variables.secret(name);
    }

    @Override
    public Collection<String> names() {
        return variables.names();
    }
}
