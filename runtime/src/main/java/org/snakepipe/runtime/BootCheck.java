// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Remembers why bundles did not start, and says so. A bundle of the distribution that does not start is a packaging error. */
final class BootCheck implements FrameworkListener {
    private final Framework framework;
    private final Map<Long, String> reasons = new ConcurrentHashMap<>();

    BootCheck(Framework framework) {
        this.framework = framework;
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            reasons.put(event.getBundle().getBundleId(), reason(event.getThrowable()));
        }
    }

    /**
     * Demands that all bundles up to a level have started.
     *
     * @param when put behind "did not start"
     * @throws StartException if one has not; the message names all of them
     */
    void requireStarted(int level, String when) throws StartException {
        List<String> lines = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            boolean below = bundle.adapt(BundleStartLevel.class).getStartLevel() <= level;
            if (below && !fragment && bundle.getState() != Bundle.ACTIVE) {
                lines.add("  " + bundle.getSymbolicName() + " " + bundle.getVersion() + " is "
                        + state(bundle.getState()) + reasonOf(bundle));
            }
        }
        if (!lines.isEmpty()) {
            throw new StartException(
                    ExitCode.FAILURE,
                    lines.size() + " of the bundles of this installation did not start" + when + ":"
                            + System.lineSeparator() + String.join(System.lineSeparator(), lines));
        }
    }

    /** The framework tells of errors on a thread of its own, maybe after we ask: then a second start gives the same error. */
    private String reasonOf(Bundle bundle) {
        String reason = reasons.get(bundle.getBundleId());
        if (reason == null && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
            try {
                bundle.start(Bundle.START_TRANSIENT);
            } catch (BundleException e) {
                reason = reason(e);
            }
        }
        return reason == null ? "" : ": " + reason;
    }

    /** The innermost message: what the framework wraps around it says only that something was wrapped. */
    static String reason(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "not resolved";
            case Bundle.RESOLVED -> "resolved, not started";
            case Bundle.STARTING -> "still starting";
            case Bundle.STOPPING -> "stopping";
            default -> "in state " + state;
        };
    }
}
