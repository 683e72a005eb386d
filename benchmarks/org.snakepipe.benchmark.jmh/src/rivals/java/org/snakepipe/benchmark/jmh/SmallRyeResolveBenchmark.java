// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same keys and layers as five sources and a mapping with constraints; the validator is made once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class SmallRyeResolveBenchmark {
    private static final String SYSTEM = "SmallRye Config";
    private static final String JAR = "io.smallrye.config/smallrye-config";
    private static final int LOWEST = 100;

    private final ConfigClass mapping = ConfigClass.configClass(HundredKeys.class);
    private final List<ConfigSource> sources = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private ConfigValidator validator;
    private SmallRyeConfig config;
    private int edit;

    /** Makes the sources, and sees that a wrong value is refused. */
    @Setup
    public void prepare() throws IOException {
        Validator beans = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
        validator = (BeanValidationConfigValidator) () -> beans;
        for (Map<String, String> layer : ResolveBenchmark.layers()) {
            Map<String, String> prefixed = new HashMap<>();
            layer.forEach((key, value) -> prefixed.put(HundredKeys.PREFIX + "." + key, value));
            texts.add(Sample.file(prefixed));
            sources.add(source(sources.size(), texts.get(sources.size())));
        }
        config = build();
        try {
            changed("service.g0.port = 70000\n");
            throw new IllegalStateException("nothing is validated");
        } catch (ConfigValidationException e) {
            // As it should be.
            sources.set(4, source(4, texts.get(4)));
        }
    }

    private static ConfigSource source(int layer, String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new PropertiesConfigSource(properties, "layer " + layer, LOWEST + layer);
    }

    private SmallRyeConfig build() {
        return new SmallRyeConfigBuilder()
                .withSources(sources)
                .withValidator(validator)
                .withMapping(mapping)
                .build();
    }

    private HundredKeys changed(String line) throws IOException {
        sources.set(4, source(4, texts.get(4) + line));
        return build().getConfigMapping(HundredKeys.class);
    }

    /** As a reload does: the source that changed is read, and the configuration made anew. */
    @Benchmark
    @Measures(value = "resolve.one-key", system = SYSTEM, jar = JAR)
    public HundredKeys oneKey() throws IOException {
        edit++;
        return changed("service.g0.port = " + (1 + edit % ResolveBenchmark.EDITS) + "\n");
    }

    /** Nothing is known from before but the validator. */
    @Benchmark
    @Measures(value = "resolve.first", system = SYSTEM, jar = JAR)
    public HundredKeys everything() throws IOException {
        for (int layer = 0; layer < texts.size(); layer++) {
            sources.set(layer, source(layer, texts.get(layer)));
        }
        return build().getConfigMapping(HundredKeys.class);
    }

    /** What is most in its favour: the configuration stays, and is mapped and validated again. */
    @Benchmark
    @Measures(value = "resolve.map-again", system = SYSTEM, jar = JAR)
    public HundredKeys mapAgain() {
        ConfigMappings.registerConfigMappings(config, Set.of(mapping));
        return config.getConfigMapping(HundredKeys.class);
    }
}
