// SPDX-License-Identifier: Apache-2.0
/** Starts whole runtimes as processes, edits their files, and takes the time until a probe inside tells of it. */
package org.snakepipe.benchmark.harness;
