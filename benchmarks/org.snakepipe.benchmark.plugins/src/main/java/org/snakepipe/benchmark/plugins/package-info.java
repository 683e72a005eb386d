// SPDX-License-Identifier: Apache-2.0
/** Measures how fast plugins are found, beside others who look for theirs. */
package org.snakepipe.benchmark.plugins;
