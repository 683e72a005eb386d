/**
 * What a plugin implements to take part in a pipeline. Definitions ({@link org.snakepipe.api.pipeline.Source},
 * {@link org.snakepipe.api.pipeline.Transform}, {@link org.snakepipe.api.pipeline.Sink},
 * {@link org.snakepipe.api.pipeline.Resource}) are immutable and own nothing; what they open lives in the engine.
 */
@Export
@Version("1.0.0")
package org.snakepipe.api.pipeline;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
