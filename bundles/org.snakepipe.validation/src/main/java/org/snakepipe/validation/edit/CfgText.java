// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

/** A {@code .cfg} file: lines of key and value that may go on in the next line. */
final class CfgText implements Document {
    private final String text;
    private final List<CfgLine> lines;

    CfgText(String text) {
        this.text = text;
        this.lines = CfgLines.of(text);
    }

    @Override
    public Optional<String> with(Problem problem, Fix fix) {
        if (fix.kind() == Fix.Kind.ADD) {
            return Optional.of(added(CfgEscapes.key(fix.key()), CfgEscapes.value(fix.value(), true)));
        }
        return line(problem).flatMap(line -> switch (fix.kind()) {
            case RENAME -> Optional.of(spliced(line.at(0), line.endAt(line.keyEnd()), CfgEscapes.key(fix.key())));
            case REPLACE -> Optional.of(replaced(line, fix.value()));
            case REMOVE -> Optional.of(spliced(line.start(), line.end(), ""));
            case ADD -> Optional.empty();
        });
    }

    private Optional<CfgLine> line(Problem problem) {
        return problem.origin()
                .flatMap(origin -> lines.stream()
                        .filter(line -> line.number() == origin.line())
                        .findFirst());
    }

    private String added(String key, String value) {
        String end = Document.lineEnd(text);
        boolean open = !text.isEmpty() && Document.startOfLine(text, text.length()) < text.length();
        return text + (open ? end : "") + key + separator() + value + end;
    }

    /** As the last line has it. */
    private String separator() {
        if (!lines.isEmpty()) {
            String used = lines.get(lines.size() - 1).separator();
            if (used.matches(" ?[=:] ?") && !used.matches(" [=:]")) {
                return used;
            }
        }
        return " = ";
    }

    private String replaced(CfgLine line, String wanted) {
        String old = line.value();
        boolean separator = line.separator().strip().matches("[=:]");
        if (old.isEmpty()) {
            String between = separator ? (line.separator().matches("[=:]") ? "" : " ") : " = ";
            int at = line.endAt(line.keyEnd() + line.separator().stripTrailing().length());
            return spliced(at, line.endAt(line.valueEnd()), between + CfgEscapes.value(wanted, true));
        }
        if (old.indexOf('\\') >= 0 || wanted.indexOf('\\') >= 0) {
            return spliced(
                    line.at(line.valueStart()), line.endAt(line.valueEnd()), CfgEscapes.value(wanted, separator));
        }
        String target = Elements.inPlace(old, wanted);
        int most = Math.min(old.length(), target.length());
        int same = 0;
        while (same < most && old.charAt(same) == target.charAt(same)) {
            same++;
        }
        int tail = 0;
        while (tail < most - same && old.charAt(old.length() - 1 - tail) == target.charAt(target.length() - 1 - tail)) {
            tail++;
        }
        int from = line.valueStart() + same;
        int to = line.valueEnd() - tail;
        int start = from < to ? line.at(from) : line.endAt(from);
        return spliced(
                start,
                Math.max(start, line.endAt(to)),
                CfgEscapes.part(target, same, target.length() - tail, separator));
    }

    private String spliced(int start, int end, String with) {
        return new StringBuilder(text).replace(start, end, with).toString();
    }
}
