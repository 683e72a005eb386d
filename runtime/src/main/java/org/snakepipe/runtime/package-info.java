// SPDX-License-Identifier: Apache-2.0
/** Starts the framework with the bundles of the feature files: the only place that names the framework. */
package org.snakepipe.runtime;
