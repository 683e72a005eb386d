/** The client of the local socket: plain Java, for the class path of the launcher. Not exported. */
package org.snakepipe.command.client;
