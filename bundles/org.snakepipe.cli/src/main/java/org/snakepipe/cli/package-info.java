// SPDX-License-Identifier: Apache-2.0
/** The command line: checks files without a runtime, and asks the one that runs over its local socket. */
package org.snakepipe.cli;
