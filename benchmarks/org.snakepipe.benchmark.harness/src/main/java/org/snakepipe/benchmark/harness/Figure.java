// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one system. Immutable.
 *
 * @param metric  what, words separated by dots: {@code reload.rename}
 * @param system  who
 * @param version which
 * @param unit    of the values: {@code ms}, {@code MB}
 * @param median  the middle value, the mean of the middle two
 * @param min     the least
 * @param max     the greatest
 * @param n       how many there are
 */
public record Figure(
        String metric, String system, String version, String unit, double median, double min, double max, int n) {
    /**
     * Sums up.
     *
     * @param metric  what
     * @param system  who
     * @param version which
     * @param unit    of the values
     * @param values  what was measured, in any order
     * @return the figure
     * @throws IllegalArgumentException if there are no values
     */
    public static Figure of(String metric, String system, String version, String unit, List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(metric + " of " + system + " has no values");
        }
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Figure(metric, system, version, unit, median, sorted.get(0), sorted.get(size - 1), size);
    }

    static Figure of(String metric, Contestant contestant, String unit, List<Double> values) {
        return of(metric, contestant.name(), contestant.version(), unit, values);
    }

    /** For a line of JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metric", metric);
        json.put("system", system);
        json.put("version", version);
        json.put("unit", unit);
        json.put("median", rounded(median));
        json.put("min", rounded(min));
        json.put("max", rounded(max));
        json.put("n", n);
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
