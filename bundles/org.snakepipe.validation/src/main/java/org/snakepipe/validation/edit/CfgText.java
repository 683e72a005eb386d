// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.ArrayList;
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
        this.lines = CfgLine.all(text);
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

    /** A logical line with the place of each of its characters. */
    record CfgLine(
            String joined, int[] places, int keyEnd, int valueStart, int valueEnd, int start, int end, int number) {
        static List<CfgLine> all(String text) {
            return new CfgLines(text).all();
        }

        /** Where a character stands. */
        int at(int index) {
            return places[index];
        }

        /** Where the text before a character ends. */
        int endAt(int index) {
            return index == 0 ? places[0] : places[index - 1] + 1;
        }

        String separator() {
            return joined.substring(keyEnd, valueStart);
        }

        /** With its escapes. */
        String value() {
            return joined.substring(valueStart, valueEnd);
        }
    }

    /** Joins lines as {@link java.util.Properties#load} does. */
    private static final class CfgLines {
        private final String text;
        private final List<CfgLine> found = new ArrayList<>();
        private int position;
        private int number;

        CfgLines(String text) {
            this.text = text;
        }

        List<CfgLine> all() {
            while (position < text.length()) {
                int start = position;
                int first = number + 1;
                StringBuilder joined = new StringBuilder();
                List<Integer> places = new ArrayList<>();
                boolean open = take(joined, places);
                boolean silent = joined.isEmpty()
                        || joined.charAt(0) == '#'
                        || joined.charAt(0) == '!'
                        || joined.length() == 1 && open;
                while (!silent && open && position < text.length()) {
                    joined.setLength(joined.length() - 1);
                    places.remove(places.size() - 1);
                    open = take(joined, places);
                }
                if (!silent && !open) {
                    found.add(line(joined.toString(), places, start, first));
                }
            }
            return found;
        }

        /** Appends the next line of the file, and tells whether it announces another one. */
        private boolean take(StringBuilder joined, List<Integer> places) {
            int end = Document.endOfLine(text, position);
            int index = position;
            while (index < end && CfgEscapes.isSpace(text.charAt(index))) {
                index++;
            }
            int backslashes = 0;
            for (; index < end; index++) {
                backslashes = text.charAt(index) == '\\' ? backslashes + 1 : 0;
                joined.append(text.charAt(index));
                places.add(index);
            }
            number++;
            position = Document.nextLine(text, end);
            return backslashes % 2 == 1;
        }

        private CfgLine line(String joined, List<Integer> places, int start, int first) {
            int keyEnd = 0;
            while (keyEnd < joined.length() && !isSeparator(joined, keyEnd) && !isSpace(joined, keyEnd)) {
                keyEnd += joined.charAt(keyEnd) == '\\' ? 2 : 1;
            }
            keyEnd = Math.min(keyEnd, joined.length());
            int valueStart = skip(joined, keyEnd);
            if (valueStart < joined.length() && isSeparator(joined, valueStart)) {
                valueStart = skip(joined, valueStart + 1);
            }
            int valueEnd = joined.length();
            while (valueEnd > valueStart && isSpace(joined, valueEnd - 1) && !CfgEscapes.isOpen(joined, valueEnd - 1)) {
                valueEnd--;
            }
            int[] at = places.stream().mapToInt(Integer::intValue).toArray();
            return new CfgLine(joined, at, keyEnd, valueStart, valueEnd, start, position, first);
        }

        private static int skip(String joined, int start) {
            int index = start;
            while (index < joined.length() && isSpace(joined, index)) {
                index++;
            }
            return index;
        }

        private static boolean isSpace(String joined, int index) {
            return CfgEscapes.isSpace(joined.charAt(index));
        }

        private static boolean isSeparator(String joined, int index) {
            return joined.charAt(index) == '=' || joined.charAt(index) == ':';
        }
    }
}
