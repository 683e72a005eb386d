// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.nio.file.Path;
import java.time.Duration;
import org.snakepipe.control.Secrets;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.part.Resources;

/**
 * What all pipelines live in.
 *
 * @param data      the data directory
 * @param parts     where definitions are found
 * @param resources what they share
 * @param secrets   fills in words
 * @param drain     how long a pipeline that is replaced or whose part leaves may let things arrive
 * @param selection which of them run
 */
record Environs(Path data, Parts parts, Resources resources, Secrets secrets, Duration drain, Selection selection) {}
