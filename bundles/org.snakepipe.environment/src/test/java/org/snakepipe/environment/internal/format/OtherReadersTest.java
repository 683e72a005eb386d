// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.cm.json.io.Configurations;
import org.apache.felix.fileinstall.shaded.util.properties.TypedProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.ParsedFile;
import org.snakepipe.environment.internal.source.Place;

/** Files as Felix reads them; where we differ on purpose, a test says so, and docs/configuration.md lists it. */
class OtherReadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Karaf\norg.ops4j.pax.web.session.timeout = 10\nlog4j.rootLogger=INFO, out, osgi:*\n",
                "a=1\nb : 2\nc 3\n! note\nlong = one \\\n   two\nunicode = \\u00e9\n",
                "felix.fileinstall.dir = ./load\nfelix.fileinstall.filter = .*\\\\.(cfg|config)\nfelix.fileinstall.poll = 1000\n",
                "path = C\\:\\\\dir\nempty =\ntab = a\\tb\nkey\\ with\\ space = x\n",
                "url = jdbc\\:h2\\:mem\\:test;DB_CLOSE_DELAY=-1\nuser = sa\n",
            })
    void readsCfgAsFileInstallDoes(String text) throws IOException {
        TypedProperties theirs = new TypedProperties();
        theirs.load(new StringReader(text));

        assertThat(ours(Format.CFG, text)).isEqualTo(new TreeMap<>(theirs));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port:Integer\": 8080, \"names:String[]\": [\"a\", \"b\"], \"ok\": true}",
                "// Sling\n{\n  /* typed */ \"user.mapping:String[]\": [\"a=[b]\", \"c=[d]\"],\n  \"ranking:Integer\": 1000\n}",
                "{\"a:int\": 1, \"b:long\": 2, \"c:double\": 1.5, \"d:float\": 2.5, \"e:byte\": 1, \"f:short\": 2, \"g:char\": \"x\","
                        + " \"h:boolean\": true}",
                "{\"a:Long\": \"5\", \"b:Boolean\": \"true\", \"c:Double\": 2, \"d:Character\": \"y\", \"e:String\": 7}",
                "{\"a\": 1, \"b\": 1.5, \"c\": \"x\", \"d\": [\"x\", \"y\"], \"e\": [1, 2], \"f\": [true, false]}",
                "{\"set:Collection<String>\": [\"a\", \"b\"], \"ints:Collection<Integer>\": [1, 2], \"p:int[]\": [1, 2]}",
            })
    void readsTypedJsonAsFelixDoes(String text) throws IOException {
        assertThat(ours(Format.CFG_JSON, text)).isEqualTo(theirs(text));
    }

    @Test
    void refusesWhatFelixGuesses() throws IOException {
        assertThat(theirs("{\"a:Boolean\": \"yes\"}")).as("Felix: false").containsEntry("a", false);
        assertThat(codes("{\"a:Boolean\": \"yes\"}")).containsExactly("value.type");

        assertThat(theirs("{\"a\": {\"b\": 1}}").get("a"))
                .as("Felix: JSON as text")
                .isInstanceOf(String.class);
        assertThat(codes("{\"a\": {\"b\": 1}}")).containsExactly("value.nested");
    }

    @Test
    void leavesOutWhatIsForTheConfigurator() throws IOException {
        String text = "{\":configurator:resource-version\": 1, \"x\": \"y\"}";

        assertThat(theirs(text)).containsOnlyKeys("resource-version", "x");
        assertThat(ours(Format.CFG_JSON, text)).containsOnlyKeys("x");
    }

    @Test
    void readsPropertiesDifferentlyOnPurpose() throws IOException {
        TypedProperties theirs = new TypedProperties();
        theirs.load(new StringReader("a = 1\na = 2\nb = x${a}\nc = x\\,y\n"));

        assertThat(theirs.get("a")).as("the last one wins; here it is an error").isEqualTo("2");
        assertThat(theirs.get("b")).as("substituted; here it is text").isEqualTo("x2");
        assertThat(theirs.get("c"))
                .as("the backslash is lost; here the schema gets it")
                .isEqualTo("x,y");
        assertThat(ours(Format.CFG, "b = x${a}\nc = x\\,y\n"))
                .containsEntry("b", "x${a}")
                .containsEntry("c", "x\\,y");
    }

    private static Map<String, Object> ours(Format format, String text) {
        Place place = new Place("base/x" + format.extension(), "base", ConfigId.parse("x"), format, false);
        ParsedFile file = Formats.parse(place, text.getBytes(StandardCharsets.UTF_8));
        assertThat(file.problems()).isEmpty();
        Map<String, Object> values = new TreeMap<>();
        file.blocks().get(0).values().forEach((key, value) -> values.put(key, value.raw()));
        return values;
    }

    private static List<String> codes(String text) {
        Place place = new Place("base/x.cfg.json", "base", ConfigId.parse("x"), Format.CFG_JSON, false);
        return Formats.parse(place, text.getBytes(StandardCharsets.UTF_8)).problems().stream()
                .map(problem -> problem.code())
                .toList();
    }

    /** Arrays and collections as lists: the schema says which it is to be. */
    private static Map<String, Object> theirs(String text) throws IOException {
        Map<String, Object> values = new TreeMap<>();
        Map<String, Object> read = Configurations.buildReader()
                .withIdentifier("x")
                .build(new StringReader(text))
                .readConfiguration();
        for (String key : Collections.list(((java.util.Hashtable<String, Object>) read).keys())) {
            values.put(key, plain(read.get(key)));
        }
        return values;
    }

    private static Object plain(Object value) {
        if (value instanceof Collection<?> several) {
            return new ArrayList<>(several);
        }
        if (!value.getClass().isArray()) {
            return value;
        }
        List<Object> list = new ArrayList<>();
        for (int index = 0; index < Array.getLength(value); index++) {
            list.add(Array.get(value, index));
        }
        return list;
    }
}
