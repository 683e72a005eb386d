// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.internal.source.Placement.Role;

/** Gives every path of the configuration directory its place, or says where the file belongs. */
public final class Placements {
    /** The lowest layer. */
    public static final String BASE = "base";
    /** The layer of this machine. */
    public static final String LOCAL = "local";

    private static final String ENVIRONMENTS = "environments";
    private static final String SECRET_NAMES = "secrets.names";
    private static final String CONTRACTS = "contracts";
    private static final String TESTS = "tests";
    private static final String EXAMPLES = "examples";
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Set<String> NO_ENVIRONMENTS = Set.of(BASE, LOCAL, CONTRACTS);
    private static final String FILES =
            " (allowed: PID.cfg, PID~NAME.cfg, PID.cfg.json, and .yaml or .json with PIDs as keys)";

    private final String path;
    private final String[] steps;
    private final String file;
    private final Function<String, ConfigId> ids;

    private Placements(String path, Function<String, ConfigId> ids) {
        this.ids = ids;
        this.path = path;
        this.steps = path.split("/", -1);
        this.file = steps[steps.length - 1];
    }

    /** Where the file of a path stands; depends on nothing but the path. */
    public static Placement of(String path) {
        return of(path, ConfigId::parse);
    }

    /**
     * The same, of one path of many: most ids occur in several layers.
     *
     * @param ids reads an id, as {@link ConfigId#parse} does
     */
    static Placement of(String path, Function<String, ConfigId> ids) {
        return new Placements(path, ids).placement();
    }

    /** The name of the layer of one environment. */
    public static String layer(String environment) {
        return "environment " + environment;
    }

    private Placement placement() {
        boolean inEnvironment = steps[0].equals(ENVIRONMENTS) && steps.length > 2;
        if (Leftovers.isOne(path)) {
            return inEnvironment && isEnvironment(steps[1]) && !steps[1].startsWith(".")
                    ? Placement.note().of(steps[1])
                    : Placement.note();
        }
        if (inEnvironment) {
            return inEnvironment();
        }
        if (steps.length == 1) {
            return inRoot();
        }
        return switch (steps[0]) {
            case BASE, LOCAL -> inLayer(steps[0], steps[0], path.substring(steps[0].length() + 1));
            case EXAMPLES -> Placement.note();
            case TESTS ->
                steps.length == 2 && file.endsWith(Format.YAML.extension())
                        ? Placement.note()
                        : misplaced("file.place", "it is no test (allowed: tests/*.yaml)");
            default -> inNoLayer();
        };
    }

    private static boolean isEnvironment(String name) {
        return ENVIRONMENT_NAME.matcher(name).matches() && !NO_ENVIRONMENTS.contains(name);
    }

    private Placement inRoot() {
        if (file.equals(SECRET_NAMES)) {
            return new Placement(Role.SECRET_NAMES, null, null, null);
        }
        Format format = Format.of(file);
        if (format == null || !format.holdsSeveral()) {
            return inNoLayer();
        }
        String name = format.stem(file);
        if (name.equals(CONTRACTS)) {
            return Placement.note();
        }
        if (name.equals(BASE) || name.equals(LOCAL)) {
            return configuration(new Place(path, name, null, format, true));
        }
        if (!isEnvironment(name)) {
            return misplaced("file.place", notAnEnvironment(name));
        }
        return configuration(new Place(path, layer(name), null, format, true)).of(name);
    }

    private Placement inEnvironment() {
        String name = steps[1];
        if (!isEnvironment(name)) {
            return misplaced("file.place", notAnEnvironment(name));
        }
        String directory = ENVIRONMENTS + "/" + name;
        String rest = path.substring(directory.length() + 1);
        if (rest.equals(Place.DESCRIPTION_FILE)) {
            return new Placement(Role.DESCRIPTION, name, new Place(path, layer(name), null), null);
        }
        return inLayer(directory, layer(name), rest).of(name);
    }

    private static String notAnEnvironment(String name) {
        return "'" + name
                + "' is not the name of an environment (allowed: letters, digits, '_', '.' and '-', the first a"
                + " letter or digit; not " + BASE + ", " + LOCAL + ", " + CONTRACTS + ")";
    }

    private Placement inLayer(String directory, String layer, String rest) {
        Format format = Format.of(file);
        if (format == null) {
            return misplaced("file.format", "its name has no ending that is known" + rename() + FILES);
        }
        if (file.equals(Place.DESCRIPTION_FILE)) {
            return misplaced("file.place", "it describes an environment and belongs into environments/NAME/");
        }
        if (rest.indexOf('/') >= 0) {
            String home = directory + "/" + file;
            return misplaced(
                    "file.place", "it lies too deep (allowed: directly in " + directory + "/); move it to " + home);
        }
        if (format.holdsSeveral()) {
            return configuration(new Place(path, layer, null, format, false));
        }
        try {
            return configuration(new Place(path, layer, ids.apply(format.stem(file)), format, false));
        } catch (IllegalArgumentException e) {
            String extension = format.extension();
            return misplaced("file.name", e.getMessage() + "; name it PID" + extension + " or PID~NAME" + extension);
        }
    }

    private String rename() {
        return file.endsWith(".yml") ? "; name it " + file.substring(0, file.length() - 4) + ".yaml" : "";
    }

    private Placement inNoLayer() {
        String move = "";
        if (file.equals(Place.DESCRIPTION_FILE)) {
            move = "; move it into environments/NAME/";
        } else if (file.endsWith(".yml")) {
            move = rename();
        } else if (Format.of(file) != null) {
            move = "; move it to base/" + file;
        }
        return misplaced(
                "file.place",
                "it lies in no layer (allowed: base/, environments/NAME/, local/, base.yaml, NAME.yaml)" + move);
    }

    private static Placement configuration(Place place) {
        return new Placement(Role.CONFIGURATION, null, place, null);
    }

    private Placement misplaced(String code, String reason) {
        return Placement.misplaced(path, code, reason);
    }
}
