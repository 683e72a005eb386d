// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

/**
 * One bundle of a feature.
 *
 * @param id         its Maven coordinates, {@code group:artifact:version}
 * @param startLevel 1 to 5
 * @param origin     where it is listed, file and line, for messages
 */
public record FeatureBundle(String id, int startLevel, String origin) {
    /**
     * The name of its jar in the distribution.
     *
     * @return {@code artifact-version.jar}
     */
    public String fileName() {
        String[] parts = id.split(":");
        return parts[1] + "-" + parts[2] + ".jar";
    }

    /**
     * The second part of its coordinates.
     *
     * @return the artifact
     */
    public String artifact() {
        return id.split(":")[1];
    }
}
