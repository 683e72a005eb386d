// SPDX-License-Identifier: Apache-2.0
/** For tests of definitions: configurations and contexts without a framework. */
package org.snakepipe.api.testing;
