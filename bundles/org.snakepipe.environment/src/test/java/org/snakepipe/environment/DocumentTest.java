// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

class DocumentTest {
    private static Document.Reading read(String path, String text) {
        return Document.read(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesPartsWithTheirPlaces() {
        Document document = read("contracts.yaml", "# note\n- has every key: [a, 1.10]\n- ~\n")
                .document()
                .orElseThrow();

        Document.Items items = (Document.Items) document;
        Document.Entry entry = ((Document.Keys) items.items().get(0)).entries().get(0);
        assertThat(entry.key()).isEqualTo("has every key");
        assertThat(entry.origin()).hasToString("contracts.yaml:2");
        assertThat(((Document.Items) entry.value()).items())
                .extracting(item -> ((Document.Text) item).value())
                .containsExactly("a", "1.10");
        assertThat(((Document.Text) items.items().get(1)).value()).isEmpty();
    }

    @Test
    void readsJsonByTheNameOfTheFile() {
        Document document = read("a.json", "{\"a\": 1}").document().orElseThrow();

        assertThat(((Document.Keys) document).entries().get(0).value())
                .isEqualTo(new Document.Text("1", document(document).origin()));
    }

    private static Document document(Document document) {
        return ((Document.Keys) document).entries().get(0).value();
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        assertThat(read("contracts.yaml", "- a: [").problem())
                .map(Problem::toString)
                .get()
                .asString()
                .startsWith("contracts.yaml:1: this is no YAML");
        assertThat(read("contracts.yaml", "# nothing\n"))
                .isEqualTo(new Document.Reading(Optional.empty(), Optional.empty()));
    }

    @Test
    void whatIsWrittenHoldsUnsetKeysAndSharedValues() {
        Resolution resolution = ConfigTrees.tree()
                .file("base/a.b.cfg", "x = 1", "y = 2")
                .file("base/properties.cfg", "p = 3")
                .file("environments/dev/a.b.cfg", "x = $[unset]")
                .resolve("dev");

        assertThat(resolution.written().keySet()).map(ConfigId::toString).containsExactly("a.b", "properties");
        assertThat(resolution.written().get(ConfigId.parse("a.b")).get("x").shadowed())
                .hasSize(1);
    }
}
