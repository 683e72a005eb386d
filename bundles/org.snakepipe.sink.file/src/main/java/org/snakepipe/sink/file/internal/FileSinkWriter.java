// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.file.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SinkWriter;

/** Writes each batch with one append. */
final class FileSinkWriter implements SinkWriter {
    private final OpenFiles files;
    private final AppendFile file;
    private final Set<String> types;
    private final AtomicBoolean closed = new AtomicBoolean();

    FileSinkWriter(OpenFiles files, AppendFile file, Set<String> types) {
        this.files = files;
        this.file = file;
        this.types = types;
    }

    @Override
    public void write(List<Record> batch) throws RejectedRecords, IOException {
        JsonLines lines = new JsonLines();
        List<Rejection> rejections = new ArrayList<>();
        for (Record record : batch) {
            if (!types.isEmpty() && !types.contains(record.type())) {
                continue;
            }
            if (record.op() == Record.Op.DELETE) {
                rejections.add(new Rejection(record, "a file sink only appends: it cannot delete a record"));
            } else {
                lines.add(record);
            }
        }
        if (!lines.isEmpty()) {
            file.append(lines.bytes());
        }
        if (!rejections.isEmpty()) {
            throw new RejectedRecords(rejections);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            files.close(file);
        }
    }
}
