// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;
import org.snakepipe.api.config.ConfigId;

/**
 * What the engine lends to something that is opened. Valid from {@code open} until what was opened is closed; from any
 * thread.
 */
@ProviderType
public interface OpenContext {
    /**
     * The configuration that is opened.
     *
     * @return its id
     */
    ConfigId id();

    /**
     * The directory that relative paths of a configuration are under. It is where a runtime keeps its data; it exists.
     *
     * @return an absolute path
     */
    Path dataDirectory();

    /**
     * Borrows a shared resource, for example a pool of connections. The engine opens it when it is first borrowed and
     * closes it when the last borrower is closed. When its configuration changes, the borrowers are opened anew.
     *
     * @param <T>  type of what is shared
     * @param id   the id of the configuration of the resource, as a user writes it: {@code snakepipe.datasource~warehouse}
     * @param type what is expected of it
     * @return what the resource shares, valid as long as this context
     * @throws IOException          if there is no such resource, it is of another type, or it does not open; the message
     *                              is for people
     * @throws InterruptedException if the pipeline is stopping
     */
    <T> T resource(String id, Class<T> type) throws IOException, InterruptedException;

    /**
     * Fills in a value of the configuration that is a secret. In a configuration such a value may be a word,
     * {@code $[secret:orders.password]}, or hold one; only here the word becomes what it stands for. Ask when the value is
     * used, and keep it no longer than needed: when the secret changes, what was opened is opened anew.
     *
     * @param value the value as the configuration has it; without a word in it, it is returned as it is
     * @return the value; never to be logged
     * @throws IOException if nobody knows the secret; the message is for people and names it
     */
    String secret(String value) throws IOException;

    /**
     * What the part remembers in this pipeline, over being opened anew and over restarts.
     *
     * @return the same state for every opening of the part in this pipeline
     * @throws IllegalStateException if a resource asks: it is shared by pipelines and has none
     */
    StateStore state();

    /**
     * Where to log. It follows {@code log.level} of the pipeline.
     *
     * @return a logger named after the configuration
     */
    System.Logger logger();
}
