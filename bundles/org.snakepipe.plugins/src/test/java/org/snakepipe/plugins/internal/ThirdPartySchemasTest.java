// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.logging.PaxLoggingConstants;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.MetatypeReader;
import org.snakepipe.schema.Schema;

class ThirdPartySchemasTest {
    private static final String LOGBACK = "/org/ops4j/pax/logging/logback/internal/PaxLoggingServiceImpl.class";
    private static final String FILEINSTALL =
            "/org/apache/felix/fileinstall/internal/FileInstall$ConfigAdminSupport$Tracker.class";

    @Test
    void knowsTheKeysThatPaxLoggingTakesAndNoOthers() throws Exception {
        Schema schema = schema("org.ops4j.pax.logging");

        assertThat(schema.pid()).isEqualTo(PaxLoggingConstants.LOGGING_CONFIGURATION_PID);
        assertThat(keys(schema)).isEqualTo(paxLoggingKeys());
    }

    @Test
    void noticesAKeyThatPaxLoggingDoesNotTake() throws Exception {
        assertThat(paxLoggingKeys())
                .contains("org.ops4j.pax.logging.logback.config.file")
                .doesNotContain("org.ops4j.pax.logging.log4j2.config.file");
    }

    @Test
    void reservesThePidThatFileInstallAnswersTo() throws Exception {
        Schema schema = schema("org.apache.felix.fileinstall");

        assertThat(schema.isFactory()).isTrue();
        assertThat(schema.traits().reserved()).isNotEmpty();
        assertThat(constants(FILEINSTALL)).contains(schema.pid());
    }

    private static Schema schema(String name) throws Exception {
        String path = "/OSGI-INF/metatype/" + name + ".xml";
        try (InputStream in = ThirdPartySchemasTest.class.getResourceAsStream(path)) {
            return MetatypeReader.read(in, path).get(0);
        }
    }

    private static Set<String> keys(Schema schema) {
        return schema.attributes().stream().map(Attribute::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the keys that the API names for its PID those that the class for Logback speaks of. */
    private static Set<String> paxLoggingKeys() throws Exception {
        String constants = constants(LOGBACK);
        Set<String> keys = new TreeSet<>();
        for (Field field : PaxLoggingConstants.class.getFields()) {
            if (field.getName().startsWith("PID_CFG_") && constants.contains((String) field.get(null))) {
                keys.add((String) field.get(null));
            }
        }
        return keys;
    }

    /** The bytes of a class, in which its constants stand as they are. */
    private static String constants(String path) throws IOException {
        try (InputStream in = ThirdPartySchemasTest.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
