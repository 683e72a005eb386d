// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

class VerbsTest {
    private final StaticHouse house = new StaticHouse();
    private final Verbs verbs = new Verbs(house);

    private Answer run(String verb, String... arguments) throws InterruptedException {
        return verbs.run(verb, List.of(arguments));
    }

    private String text(String verb, String... arguments) throws InterruptedException {
        Answer answer = run(verb, arguments);
        assertThat(answer.exit()).as(answer.text()).isZero();
        return answer.text();
    }

    private String failure(int exit, String verb, String... arguments) throws InterruptedException {
        Answer answer = run(verb, arguments);
        assertThat(answer.exit()).as(answer.text()).isEqualTo(exit);
        return answer.text();
    }

    @Test
    void listsConfigurations() throws InterruptedException {
        assertThat(text("config:list")).isEqualTo("""
                        ID                STATE      FROM
                        snakepipe.demo~a  PUBLISHED  environments/dev/snakepipe.demo~a.cfg""");
    }

    @Test
    void saysWhereEachValueComesFrom() throws InterruptedException {
        assertThat(text("config:get", "snakepipe.demo~a")).isEqualTo("""
                        KEY   VALUE  FROM
                        mood  fine   default
                        size  5      environments/dev/snakepipe.demo~a.cfg:1""");
    }

    @Test
    void explainsOneValue() throws InterruptedException {
        assertThat(text("config:explain", "snakepipe.demo~a", "size")).isEqualTo("""
                        size = 5   from environments/dev/snakepipe.demo~a.cfg:1 (dev)
                          hides 1   from base/snakepipe.demo~a.cfg:3 (base)
                          hides 10   from default""");
        assertThat(run("config:explain", "snakepipe.demo~a", "size").data())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("value", "5");
    }

    @Test
    void showsEnvironments() throws InterruptedException {
        assertThat(text("config:env")).isEqualTo("""
                           ENVIRONMENT  EXTENDS  DESCRIPTION
                        *  dev                   here
                           prod-eu      prod     Europe""");
    }

    @Test
    void suggestsWhatWasMeant() throws InterruptedException {
        assertThat(failure(2, "config:get", "snakepipe.demo~b"))
                .isEqualTo("nothing configures snakepipe.demo~b, did you mean snakepipe.demo~a?");
        assertThat(failure(2, "config:explain", "snakepipe.demo~a", "siez"))
                .isEqualTo("snakepipe.demo~a has no key siez, did you mean size?");
        assertThat(failure(2, "config:explain", "snakepipe.demo~a", "entirely.else"))
                .isEqualTo("snakepipe.demo~a has no key entirely.else (it has: mood, size)");
        assertThat(failure(2, "pipeline:show", "nope")).isEqualTo("there is no pipeline 'nope' (there are: demo)");
        assertThat(failure(2, "pipeline:lst"))
                .isEqualTo("unknown verb 'pipeline:lst', did you mean 'pipeline:list'? See: help");
        assertThat(failure(2, "pipeline:show")).isEqualTo("usage: pipeline:show NAME   (everything about one)");
        assertThat(failure(1, "config:get", "~")).isNotEmpty();
    }

    @Test
    void listsAndShowsPipelines() throws InterruptedException {
        assertThat(text("pipeline:list")).isEqualTo("""
                        PIPELINE  STATE    TOTAL  NEW  PER SECOND  REJECTED
                        demo      RUNNING  12     2    5.3         1         best effort snakepipe.sink.jdbc~copy is half-open, 40 waiting""");
        assertThat(text("pipeline:show", "demo")).isEqualTo("""
                        demo is RUNNING since 2026-01-02T03:04:05Z
                          source      snakepipe.source.file~in
                          transforms  snakepipe.transform.core~t
                          sinks       snakepipe.sink.file~out
                          records     12 in all, 2 since this start, 0 on their way, 5.3 a second
                          written     2 since this start, 1 rejected
                          on its way  64 bytes, the oldest for 3 ms; last checkpoint 2026-01-02T03:04:05Z
                          ordering    key (auto: snakepipe.sink.file~out has a key)
                          best effort snakepipe.sink.jdbc~copy is half-open since 2026-01-02T03:04:05Z: 7 written, 40 waiting (4096 bytes on disk), 1 rejected, 3 dropped
                            the oldest has waited since 2026-01-02T03:04:05Z
                            no route to host; next try 2026-01-02T03:04:05Z
                          quarantine  1 records: see quarantine list demo""");
    }

    @Test
    void movesPipelines() throws InterruptedException {
        assertThat(text("pipeline:start", "demo")).isEqualTo("demo is RUNNING");
        assertThat(text("pipeline:stop", "demo")).isEqualTo("demo is RUNNING");
        assertThat(text("pipeline:reset", "demo")).isEqualTo("demo starts over: its source is read from the beginning");
        assertThat(house.done).containsExactly("start demo", "stop demo", "reset demo");
        house.drains = false;
        assertThat(failure(1, "pipeline:stop", "demo"))
                .isEqualTo("demo is stopped, but not everything arrived within 10 s: what did not is read again at the"
                        + " next start");
        house.full = new IOException("no space");
        assertThat(failure(1, "pipeline:start", "demo")).isEqualTo("demo cannot start: no space");
        assertThat(failure(1, "pipeline:stop", "demo"))
                .isEqualTo("demo is stopped, but would run again after a restart: no space");
        assertThat(failure(1, "pipeline:reset", "demo")).isEqualTo("demo cannot start over: no space");
    }

    @Test
    void pausesDrainsAndReadsOnFromElsewhere() throws Exception {
        assertThat(text("pipeline:reset", "demo", "--to", "start")).contains("from the beginning");
        assertThat(text("pipeline:reset", "demo", "--to", "a=b.csv=7", "c=8"))
                .isEqualTo("demo starts over: its source is read from {a=b.csv=7, c=8}");
        assertThat(text("pipeline:pause", "demo")).startsWith("demo is RUNNING");
        assertThat(text("pipeline:drain", "demo")).startsWith("demo is RUNNING");
        assertThat(house.done)
                .containsExactly("reset demo", "reset demo to {a=b.csv=7, c=8}", "pause demo", "drain demo");
        assertThat(failure(1, "pipeline:reset", "demo", "--to", "nowhere"))
                .isEqualTo("position = nowhere (allowed: start, or PARTITION=OFFSET for each partition)");
        assertThat(failure(1, "pipeline:reset", "demo", "--from", "a=1")).startsWith("usage: pipeline:reset NAME");
        house.drains = false;
        assertThat(failure(1, "pipeline:drain", "demo")).contains("it goes on arriving; drain again to wait for it");
    }

    @Test
    void showsAndReplaysRejectedRecords() throws Exception {
        assertThat(text("quarantine:list", "demo")).contains("1.1", "snakepipe.sink.file~out", "too large");
        assertThat(text("quarantine:list", "empty")).isEqualTo("the quarantine of empty is empty");
        assertThat(text("quarantine:show", "demo", "1.1")).contains("{line=7}", "{a");
        assertThat(failure(1, "quarantine:show", "demo", "2.1"))
                .isEqualTo("there is no record 2.1 in the quarantine of demo: see quarantine list demo");
        assertThat(text("quarantine:replay", "demo"))
                .isEqualTo("1 of 1 replayed; 1 in the quarantine of demo, 1 of them rejected again or meanwhile");
        assertThat(text("quarantine:replay", "demo", "1.1", "1.2")).startsWith("1 of 2 replayed");
        assertThat(text("quarantine:replay", "demo", "all")).startsWith("1 of 1 replayed");
        assertThat(house.done).containsExactly("replay demo []", "replay demo [1.1, 1.2]", "replay demo []");
        house.drains = false;
        assertThat(failure(1, "quarantine:replay", "demo")).contains("see pipeline show demo");
        house.full = new IOException("no disk");
        assertThat(failure(1, "quarantine:list", "demo")).isEqualTo("no disk");
    }

    @Test
    void saysWhatOfTheQuarantineIsDamaged() throws Exception {
        house.damaged = List.of("7.rejected is damaged");
        assertThat(text("quarantine:list", "demo")).contains("1.1").endsWith("7.rejected is damaged");
        assertThat(text("quarantine:list", "empty")).isEqualTo("7.rejected is damaged");
        assertThat(text("quarantine:replay", "demo")).endsWith("7.rejected is damaged");
        assertThat(failure(1, "quarantine:show", "demo", "7.1")).isEqualTo("7.rejected is damaged");
    }

    @Test
    void removesRejectedRecords() throws Exception {
        assertThat(text("quarantine:remove", "demo", "1.1")).isEqualTo("1 record removed from the quarantine of demo");
        assertThat(text("quarantine:remove", "demo", "1.1", "2"))
                .isEqualTo("2 records removed from the quarantine of demo");
        assertThat(text("quarantine:remove", "demo", "all")).startsWith("7 records removed");
        assertThat(failure(2, "quarantine:remove", "demo")).startsWith("usage: quarantine:remove NAME ID|all [ID...]");
        assertThat(house.done).containsExactly("remove demo [1.1]", "remove demo [1.1, 2]", "remove all of demo");
        house.full = new IOException("no disk");
        assertThat(failure(1, "quarantine:remove", "demo", "all")).isEqualTo("no disk");
    }

    @Test
    void listsPluginsAndSaysWhy() throws InterruptedException {
        assertThat(text("plugin:list")).isEqualTo("""
                        KIND      STATE   NAME   VERSION  FILE     PROVIDES
                        PLUGIN    ACTIVE  org.x  1.0      p.jar    transform p
                        LIBRARY   ACTIVE  org.x  1.0      lib.jar  2 packages
                        REJECTED  FAILED  org.x  1.0      bad.jar  is no zip file""");
        assertThat(text("plugin:why", "p.jar")).isEqualTo("p.jar is fine");
        assertThat(failure(1, "plugin:why", "q.jar")).contains("q.jar");
    }

    @Test
    void showsOneScreen() throws InterruptedException {
        house.wrong = List.of(Problem.error("x", "is bad")
                .at(new Origin("base", "base/a.cfg", 3, 0))
                .build());
        house.unreadable = List.of(Problem.warning("y", "cannot be read").build());

        assertThat(text("status"))
                .startsWith("Snake Pipe <snakepipe.version>, process ")
                .contains("environment dev, generation 7, 1 configurations")
                .contains("last change APPLIED at 2026-01-02T03:04:05Z in 12 ms (publish 8 ms, settle 4 ms)")
                .contains("demo      RUNNING")
                .contains("error    base/a.cfg:3: is bad")
                .contains("warning  cannot be read")
                .contains("edit    <snakepipe.config>")
                .contains("drop    plugins and libraries into <snakepipe.deploy>");
        assertThat(run("status").data())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKeys("pid", "home", "generation", "pipelines", "problems");
    }

    @Test
    void saysWhatIsNotThereAtTheMoment() throws InterruptedException {
        house.away = true;

        assertThat(failure(1, "config:list")).isEqualTo("the rollout is not there at the moment");
        assertThat(failure(1, "pipeline:list")).isEqualTo("the engine is not there at the moment");
        assertThat(failure(1, "plugin:list")).isEqualTo("the plugins room is not there at the moment");
        assertThat(text("status")).contains("no configuration yet").contains("the engine is not there at the moment");
    }

    @Test
    void listsItself() throws InterruptedException {
        String help = text("help");

        verbs.all().forEach(verb -> assertThat(help).contains(verb.name()).contains(verb.description()));
        assertThat(help).contains("config:explain ID KEY");
    }

    @Test
    void plansWhatTheFilesWouldChange() throws InterruptedException {
        assertThat(text("plan")).isEqualTo("""
                        plan 0123456789abcdef on generation 7 of dev
                          deploy/x.jar: new
                          snakepipe.demo~a: size 5 -> 6
                        pipeline demo: in place
                        also stands on what changes: prod""");
        text("plan", "/elsewhere");
        assertThat(house.done).contains("plan Optional.empty", "plan Optional[/elsewhere]");
    }

    @Test
    void appliesGoesBackAndTriesAgain() throws InterruptedException {
        assertThat(text("apply", "0123456", "--skip-checks")).isEqualTo("""
                        APPLIED generation 8 in 0 ms
                          x: size 5 -> 6
                        held     base/bad.cfg
                        waits    base/good.cfg""");
        text("rollback", "6", "--write");
        text("retry");
        text("retry", "base/bad.cfg");
        text("config:write", "base/x.cfg", "size = 6");

        assertThat(house.done)
                .contains(
                        "apply 0123456 without checks",
                        "rollback 6 writing",
                        "retry all",
                        "retry base/bad.cfg",
                        "change {base/x.cfg=Optional[size = 6]}");
        assertThat(failure(1, "rollback", "six")).contains("'six' is no generation");
        assertThat(failure(1, "rollback", "6", "--force")).contains("unknown word '--force'");
        assertThat(failure(2, "apply")).startsWith("usage: apply HASH [--skip-checks]");
        assertThat(failure(2, "retry", "a", "b")).startsWith("usage: retry [FILE]");
    }

    @Test
    void whatIsNotAppliedIsAFailure() throws InterruptedException {
        house.answers = ReloadResult.Status.ROLLED_BACK;

        assertThat(failure(1, "apply", "0123456")).startsWith("ROLLED_BACK generation 8");
    }

    @Test
    void asksAboutAllPluginsOfADirectory(@TempDir Path directory) throws Exception {
        assertThat(text("plugin:analyse", directory.toString()))
                .contains(directory + "/p.jar needs package a; nobody has it");
        assertThat(failure(1, "plugin:register", directory.toString())).startsWith("there is no jar among");
        Path closed = Files.createDirectory(directory.resolve("closed"));
        assertThat(failure(1, "plugin:analyse", closed.toString())).isEqualTo(closed + " cannot be listed");
        assertThat(text("plugin:analyse", directory.toString(), closed.toString()))
                .contains(directory + "/p.jar needs package a; nobody has it", closed + " cannot be listed");
    }

    @Test
    void registersPluginsTogetherWithTheirConfiguration(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("snakepipe.p~x.cfg"), "a = 1\n");

        assertThat(text(
                        "plugin:register",
                        "p.jar",
                        "--config",
                        file.toString(),
                        "--config",
                        "snakepipe.q~y",
                        "b=2",
                        "c="))
                .contains("configuration {base/snakepipe.p~x.cfg=Optional[a = 1\n], "
                        + "base/snakepipe.q~y.cfg=Optional[b = 2\nc = \n]}");
        assertThat(text("plugin:replace", "o.jar", "p.jar", "--config", "environments/prod/snakepipe.p.cfg", "a=b=c"))
                .contains("{environments/prod/snakepipe.p.cfg=Optional[a = b=c\n]}");
    }

    @Test
    void saysWhatIsWrongWithConfigurationThatIsGiven() throws InterruptedException {
        assertThat(failure(1, "plugin:register", "p.jar", "--config"))
                .isEqualTo("--config is followed by nothing (allowed: a file, or an ID like snakepipe.sink.file~audit"
                        + " and KEY=VALUE...)");
        assertThat(failure(1, "plugin:register", "p.jar", "--config", "a=1")).startsWith("--config is followed by a=1");
        assertThat(failure(1, "plugin:register", "p.jar", "--config", "/none/x.cfg"))
                .startsWith("/none/x.cfg cannot be read");
        assertThat(failure(1, "plugin:register", "p.jar", "--config", "x", "a=1", "b"))
                .isEqualTo("there is a word too many behind --config: 'b' (allowed: KEY=VALUE)");
        assertThat(failure(1, "plugin:register", "p.jar", "--config", "x", "a=1", "--config", "x.cfg", "a=2"))
                .isEqualTo("--config names config/base/x.cfg twice; say it once");
    }

    @Test
    void listsGenerations() throws InterruptedException {
        assertThat(text("history")).isEqualTo("""
                           GENERATION  AT                    BY   CAUSE
                        *  7           2026-01-02T03:04:05Z  ann  change of base/x.cfg
                           6           2026-01-02T03:04:05Z       config/base/x.cfg
                           5           2026-01-02T03:04:05Z       config/base/a.cfg, config/base/b.cfg, config/base/c.cfg and 2 more""");
    }

    @Test
    void statusShowsTheFirstOfManyProblemsAndAllAsData() throws InterruptedException {
        house.wrong = IntStream.rangeClosed(1, 1_000)
                .mapToObj(number -> Problem.error("x.wrong", "wrong " + number).build())
                .toList();

        assertThat(text("status"))
                .contains("error    wrong 20\n... and 980 more problems: status --json has all of them\n")
                .doesNotContain("wrong 21");
        assertThat((List<?>) ((Map<?, ?>) run("status").data()).get("problems")).hasSize(1_000);
    }

    @Test
    void statusListsWhatIsNotLiveAndWhatWaits() throws InterruptedException {
        house.unapplied = List.of(new UnappliedFile("base/x.cfg", UnappliedFile.State.WAITING, "saved with y", true));
        house.pending = Optional.of(house.planned);

        assertThat(text("status"))
                .contains("PENDING 2 changes wait until somebody confirms them: apply 0123456789abcdef")
                .contains("not live base/x.cfg, waiting: saved with y; what it was before stays in force");
    }

    @Test
    void looksForPluginsThinksThemThroughAndRegistersThem() throws InterruptedException {
        String here = java.nio.file.Path.of("").toAbsolutePath() + "/";
        assertThat(text("plugin:discover", "/a", "/b")).contains("/a/p.jar", "/b/p.jar");
        assertThat(failure(1, "plugin:analyse", "/x/q.jar"))
                .contains("it does not resolve", "wires anew user 1.0.0", "/x/q.jar needs package a; nobody has it");
        assertThat(text("plugin:analyse", "q.jar", "/more"))
                .contains("it resolves together with /more/lib.jar", here + "q.jar needs package a");
        assertThat(text("plugin:register", "p.jar", "/more"))
                .isEqualTo("DONE generation 8\ntook along /more/lib.jar\ngone [], come 1");
        assertThat(text("plugin:replace", "old.jar", "p.jar")).contains("gone [old.jar], come 1");
        assertThat(text("plugin:unregister", "a.jar", "b.jar")).contains("gone [a.jar, b.jar], come 0");
        assertThat(text("plugin:register", "p.jar", "q.jar")).contains("gone [], come 2");
        assertThat(failure(1, "plugin:register", "waits.jar")).startsWith("WAITING generation 8");
        assertThat(failure(1, "plugin:register", "bad.jar"))
                .contains("ROLLED_BACK generation 8", "taken back: deploy/bad.jar: new");
    }
}
