// SPDX-License-Identifier: Apache-2.0
/** The launcher: the one place that names the framework. It runs on a plain class path. */
package org.snakepipe.runtime;
