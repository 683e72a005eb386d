// SPDX-License-Identifier: Apache-2.0
/** Measures the engine of pipelines beside loops that somebody would write by hand. */
package org.snakepipe.benchmark.engine;
