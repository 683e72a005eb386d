// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL of its own, on a free port. It refuses to run as root: then it runs in a user namespace of its own, or,
 * where a container forbids these, as nobody. The benchmarks use it too.
 */
public final class TestPostgres implements AutoCloseable {
    private static final String NOBODY = "65534";
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final String url;
    private final Owner owner;

    /** Who ends it. */
    private interface Owner {
        void end() throws IOException, InterruptedException;
    }

    private TestPostgres(String url, Owner owner) {
        this.url = url;
        this.owner = owner;
    }

    /**
     * Starts one.
     *
     * @return it, ready for connections
     * @throws IOException          if it does not start; the message is its log
     * @throws InterruptedException if the caller is interrupted
     */
    public static TestPostgres start() throws IOException, InterruptedException {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root && code(List.of("unshare", "-U", "true")) != 0) {
            return asNobody();
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        return new TestPostgres(server.getJdbcUrl("postgres", "postgres"), server::close);
    }

    static TestPostgres asNobody() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("snakepipe-postgres");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path programs = home.resolve("pg");
        Files.createDirectory(programs);
        try (InputStream in = TestPostgres.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
            Files.copy(in, home.resolve("pg.txz"));
        }
        run(List.of("tar", "-xJf", home.resolve("pg.txz").toString(), "-C", programs.toString()));
        run(List.of("chown", "-R", NOBODY + ":" + NOBODY, home.toString()));
        String data = home.resolve("data").toString();
        run(nobody(
                programs,
                "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync"));
        int port = freePort();
        Process server = new ProcessBuilder(nobody(
                        programs,
                        "postgres",
                        "-D",
                        data,
                        "-p",
                        Integer.toString(port),
                        "-k",
                        "",
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "fsync=off"))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        TestPostgres postgres = new TestPostgres(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres", () -> stop(server, home));
        postgres.awaitUp(server, home.resolve("log"));
        return postgres;
    }

    /** SIGINT is a fast shutdown: it does not wait for clients. */
    private static void stop(Process server, Path home) throws InterruptedException {
        code(List.of("kill", "-INT", Long.toString(server.pid())));
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
        code(List.of("rm", "-rf", home.toString()));
    }

    private void awaitUp(Process server, Path log) throws IOException {
        long end = System.nanoTime() + START_NANOS;
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw new IOException(Files.readString(log), e);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static List<String> nobody(Path programs, String program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws InterruptedException {
        if (code(command) != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }

    private static int code(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /**
     * Its connections, each a new one.
     *
     * @return the source
     */
    public DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    @Override
    public void close() throws IOException {
        try {
            owner.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
