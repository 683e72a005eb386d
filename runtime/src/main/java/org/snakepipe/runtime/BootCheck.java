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
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Remembers why bundles did not start, and says so. A bundle of the distribution that does not start is a packaging error; of
 * one that was dropped, and may be on its way while levels rise, whoever installs it tells.
 */
final class BootCheck implements FrameworkListener {
    private final Map<Long, String> reasons = new ConcurrentHashMap<>();
    private final List<Bundle> shipped = new ArrayList<>();

    /** One more bundle of the distribution; before anything is started. */
    void add(Bundle bundle) {
        shipped.add(bundle);
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            reasons.put(event.getBundle().getBundleId(), reason(event.getThrowable()));
        }
    }

    /**
     * Demands that all bundles of the distribution up to a level have started.
     *
     * @param when put behind "did not start"
     * @throws StartException if one has not; the message names all of them
     */
    void requireStarted(int level, String when) throws StartException {
        List<String> lines = new ArrayList<>();
        for (Bundle bundle : shipped) {
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
