// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/** Schemas and values for tests, as short as can be. */
final class Schemas {
    static final String FILE = "base/x.cfg";

    private Schemas() {}

    /** The schema of {@code a.b}, from what stands in the OCD. */
    static Schema of(String attributes) {
        return of("a.b", "", attributes);
    }

    static Schema of(String pid, String traits, String attributes) {
        try {
            return read(pid, traits, attributes);
        } catch (MetatypeException e) {
            throw new AssertionError(e);
        }
    }

    static Schema read(String pid, String traits, String attributes) throws MetatypeException {
        String document =
                "<MetaData xmlns:sp='http://snakepipe.org/xmlns/metatype/v1'>\n<OCD id='o' " + traits + ">" + attributes
                        + "</OCD>\n<Designate factoryPid='" + pid + "'><Object ocdref='o'/></Designate></MetaData>";
        return MetatypeReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), "t")
                .get(0);
    }

    /** Key, value, key, value; each on a line of its own. */
    static Map<String, ConfigValue> values(Object... keysAndValues) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            Origin origin = new Origin("base", FILE, index / 2 + 1, 1);
            values.put((String) keysAndValues[index], ConfigValue.of(keysAndValues[index + 1], origin));
        }
        return values;
    }

    static ValidationResult validate(String attributes, Object... keysAndValues) {
        return SchemaValidator.create().validate(values(keysAndValues), of(attributes));
    }

    static List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.code() + " " + problem.toString().replace(FILE + ":", ""))
                .toList();
    }
}
