// SPDX-License-Identifier: Apache-2.0
/** Measures the rooms of configuration in one process each, with JMH, beside libraries that do the same. */
package org.snakepipe.benchmark.jmh;
