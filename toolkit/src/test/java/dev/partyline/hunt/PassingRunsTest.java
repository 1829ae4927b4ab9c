package dev.partyline.hunt;

import static dev.partyline.hunt.WrittenRun.passing;
import static dev.partyline.hunt.WrittenRun.ping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failing run did that no passing run did. */
class PassingRunsTest {
  @Test
  void the_first_event_that_is_another_one_is_told_with_how_many_had_what() {
    WrittenRun failing = new WrittenRun().open().send(1, Side.CLIENT, "PING|").fin(1, Side.CLIENT);
    RunComparison comparison = passing(12, ping()).compare(failing.run());
    assertThat(comparison.differences())
        .extracting(RunDifference::toString)
        .containsExactly(
            "event 2 of connection 1: 12 passing runs had `S sends PONG\\r\\n` there, this one had"
                + " FIN of the client");
    assertThat(comparison.place()).contains(new EventPlace("server", 1, 2));
    assertThat(comparison.nearest()).isPresent();
    assertThat(comparison.connections()).containsExactly(new ConnectionPair("server", 1, 1));
    assertThat(comparison)
        .hasToString(
            """
            what it did and none of 12 passing runs did:
              event 2 of connection 1: 12 passing runs had `S sends PONG\\r\\n` there, this one had \
            FIN of the client
              passing runs: connections 1, events 4, bytes of the client 6, of the server 6, time 5 \
            ms (median), 5 ms at most
              this run: connections 1, events 2, bytes of the client 6, of the server 0, time 3 ms
            """);
  }

  @Test
  void a_run_that_is_the_same_is_said_to_be() {
    RunComparison comparison = passing(3, ping()).compare(ping().run());
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.place()).isEmpty();
    assertThat(comparison.toString())
        .contains("  on the wire it did what passing runs did: look at what no connection shows");
  }

  @Test
  void few_passing_runs_are_not_taken_for_a_reason_to_look_elsewhere() {
    assertThat(passing(2, ping()).compare(ping().run()).toString())
        .contains("  the same events on the same connections; an order and a gap in time are")
        .doesNotContain("look at what no connection shows");
  }

  @Test
  void without_a_passing_run_there_is_nothing_to_compare() {
    RunComparison comparison = new PassingRuns().compare(ping().run());
    assertThat(comparison)
        .hasToString("no run had passed before: there is nothing to compare it with\n");
    assertThat(comparison.nearest()).isEmpty();
  }

  @Test
  void what_is_missing_at_the_end_is_told() {
    assertThat(new WrittenRun().open().send(1, Side.CLIENT, "PING|").differencesFrom(5, ping()))
        .containsExactly(
            "event 2 of connection 1: 5 passing runs had `S sends PONG\\r\\n` there, this one had"
                + " nothing more");
  }

  @Test
  void several_ways_to_pass_are_all_told_the_most_frequent_first() {
    PassingRuns runs = passing(2, new WrittenRun().open().exchange(1, "PING|", "WAIT|"));
    for (int i = 0; i < 3; i++) {
      runs.add(ping().run());
    }
    assertThat(new WrittenRun().open().exchange(1, "PING|", "NO|").differencesFrom(runs))
        .containsExactly(
            "event 2 of connection 1: 3 passing runs had `S sends PONG\\r\\n` there, 2 `S sends"
                + " WAIT\\r\\n`, this one had `S sends NO\\r\\n`");
    assertThat(new WrittenRun().open().exchange(1, "PING|", "WAIT|").differencesFrom(runs))
        .isEmpty();
  }

  @Test
  void of_long_messages_the_place_where_they_differ_is_shown() {
    String text = "a long text of which the beginning is the same in all runs, and then it is ";
    List<String> differences =
        new WrittenRun()
            .open()
            .exchange(1, "?", text + "false")
            .differencesFrom(4, new WrittenRun().open().exchange(1, "?", text + "true"));
    assertThat(differences).singleElement().asString().contains("true`", "false`");
  }

  @Test
  void bytes_that_differ_in_each_run_are_no_difference_but_another_size_is() {
    PassingRuns runs = new PassingRuns();
    for (int i = 10; i < 20; i++) {
      runs.add(new WrittenRun().open().exchange(1, "id|", "id " + i + "|").run());
    }
    assertThat(new WrittenRun().open().exchange(1, "id|", "id 77|").differencesFrom(runs))
        .isEmpty();
    assertThat(new WrittenRun().open().exchange(1, "id|", "no|").differencesFrom(runs))
        .singleElement()
        .asString()
        .endsWith(", 7 others, this one had `S sends no\\r\\n`");
  }

  @Test
  void a_time_that_only_goes_forward_may_have_a_new_value() {
    PassingRuns runs = new PassingRuns();
    for (int i = 0; i < 30; i++) {
      runs.add(new WrittenRun().open().exchange(1, "time|", "10:0" + i / 10 + "|").run());
    }
    assertThat(new WrittenRun().open().exchange(1, "time|", "10:03|").differencesFrom(runs))
        .isEmpty();
  }

  @Test
  void the_same_bytes_in_other_reads_are_told_as_that() {
    WrittenRun pieces =
        new WrittenRun()
            .open()
            .send(1, Side.CLIENT, "PING|")
            .send(1, Side.SERVER, "PO")
            .send(1, Side.SERVER, "NG|")
            .fin(1, Side.CLIENT)
            .fin(1, Side.SERVER);
    assertThat(pieces.differencesFrom(5, ping()))
        .containsExactly(
            "what the server sent from event 2 of connection 1 on came as 2 + 4 bytes: 5 passing"
                + " runs had 6 bytes");
    PassingRuns both = passing(5, ping());
    both.add(pieces.run());
    assertThat(pieces.differencesFrom(both)).isEmpty();
  }

  @Test
  void a_message_that_breaks_off_is_compared_read_by_read() {
    assertThat(
            new WrittenRun()
                .open()
                .send(1, Side.CLIENT, "PING|")
                .send(1, Side.SERVER, "PO")
                .reset(1, Side.SERVER)
                .differencesFrom(
                    3,
                    new WrittenRun()
                        .open()
                        .send(1, Side.CLIENT, "PING|")
                        .send(1, Side.SERVER, "PO")
                        .send(1, Side.SERVER, "NG|")))
        .first()
        .isEqualTo(
            "event 3 of connection 1: 3 passing runs had `S sends NG\\r\\n` there, this one had RST"
                + " of the server");
  }

  @Test
  void datagrams_are_not_joined() {
    WrittenRun two =
        new WrittenRun(Transport.UDP).open().send(1, Side.CLIENT, "a").send(1, Side.CLIENT, "b");
    assertThat(
            new WrittenRun(Transport.UDP).open().send(1, Side.CLIENT, "ab").differencesFrom(3, two))
        .containsExactly(
            "event 1 of connection 1: 3 passing runs had `C sends a` there, this one had `C sends"
                + " ab`");
  }

  @Test
  void an_order_over_two_connections_that_no_run_had_is_told() {
    WrittenRun passing =
        new WrittenRun()
            .open()
            .open()
            .send(1, Side.CLIENT, "ADD|")
            .send(2, Side.CLIENT, "SUM|")
            .send(1, Side.SERVER, "ok|")
            .send(2, Side.SERVER, "1|");
    WrittenRun failing =
        new WrittenRun()
            .open()
            .open()
            .send(2, Side.CLIENT, "SUM|")
            .send(1, Side.CLIENT, "ADD|")
            .send(1, Side.SERVER, "ok|")
            .send(2, Side.SERVER, "0|");
    assertThat(failing.differencesFrom(8, passing))
        .containsExactly(
            "event 2 of connection 2: 8 passing runs had `S sends 1\\r\\n` there, this one had `S"
                + " sends 0\\r\\n`",
            "`C sends SUM\\r\\n` (event 1 of connection 2) came 1 ms before `C sends ADD\\r\\n` (event"
                + " 1 of connection 1); in 8 passing runs it came after it, by 1 ms (median), 1 ms"
                + " at most");
    PassingRuns either = passing(8, passing);
    either.add(failing.run());
    assertThat(failing.differencesFrom(either)).isEmpty();
    assertThat(failing.differencesFrom(2, passing)).hasSize(1);
  }

  @Test
  void connections_that_are_opened_in_another_order_are_known_by_what_they_say() {
    WrittenRun passing =
        new WrittenRun().open().open().exchange(1, "a|", "A|").exchange(2, "b|", "B|");
    WrittenRun failing =
        new WrittenRun().open().open().exchange(2, "a|", "A|").exchange(1, "b|", "B|");
    assertThat(failing.differencesFrom(4, passing))
        .containsExactly(
            "the opening of connection 1 came 1 ms before the opening of connection 2; in 4 passing"
                + " runs it came after it, by 1 ms (median), 1 ms at most");
  }

  @Test
  void a_connection_too_many_or_too_few_is_told() {
    WrittenRun two = new WrittenRun().open().exchange(1, "PING|", "PONG|").open();
    assertThat(passing(4, two).compare(ping().run()).connections())
        .containsExactly(new ConnectionPair("server", 1, 1), new ConnectionPair("server", 0, 2));
    assertThat(two.differencesFrom(4, ping()))
        .containsExactly("2 connections of `server`: 4 passing runs had 1");
    assertThat(ping().differencesFrom(4, two))
        .containsExactly("1 connection of `server`: 4 passing runs had 2");
  }

  @Test
  void an_end_that_none_had_is_told_where_it_is_not_the_first_difference() {
    WrittenRun failing =
        new WrittenRun()
            .open()
            .send(1, Side.CLIENT, "PING|")
            .send(1, Side.SERVER, "OOPS|")
            .reset(1, Side.SERVER)
            .timeOut(1, Side.CLIENT);
    assertThat(failing.differencesFrom(4, ping()))
        .contains(
            "the end of connection 1 was RST of the server: 4 passing runs had FIN of the server",
            "the end of connection 1 was a time-out of the client: 4 passing runs had FIN of the"
                + " client");
  }

  private static WrittenRun answering(long millis) {
    return new WrittenRun()
        .open()
        .send(1, Side.CLIENT, "PING|")
        .pass(millis)
        .send(1, Side.SERVER, "PONG|");
  }

  private static PassingRuns answering(long... millis) {
    PassingRuns runs = new PassingRuns();
    for (long each : millis) {
      runs.add(answering(each).run());
    }
    return runs;
  }

  @Test
  void a_gap_that_is_clearly_longer_than_any_is_told_with_what_the_others_were() {
    assertThat(answering(300).differencesFrom(answering(4, 6, 5, 9, 3)))
        .containsExactly(
            "301 ms passed before event 2 of connection 1 (`S sends PONG\\r\\n`); in 5 passing runs 6"
                + " ms (median), 10 ms at most");
  }

  @Test
  void a_gap_that_is_a_little_longer_or_no_longer_than_that_of_a_slow_run_is_not() {
    assertThat(answering(15).differencesFrom(answering(4, 6, 5, 9, 3))).isEmpty();
    assertThat(answering(300).differencesFrom(answering(4, 6, 5, 290, 3))).isEmpty();
    assertThat(answering(300).differencesFrom(answering(4, 6))).isEmpty();
  }

  @Test
  void silence_until_the_failure_is_a_gap() {
    assertThat(ping().pass(5_000).differencesFrom(5, ping().pass(2)))
        .containsExactly(
            "5 s passed after the last event until it failed; in passing runs 2 ms (median), 2 ms"
                + " at most until the end");
    assertThat(ping().pass(500).differencesFrom(5, ping().pass(2))).isEmpty();
  }

  @Test
  void secrets_are_compared_and_not_shown() {
    WrittenRun passing =
        new WrittenRun()
            .open()
            .exchange(1, "GET / HTTP/1.1|Authorization: Bearer s3cr3t-t0k3n-9||", "ok|");
    WrittenRun failing =
        new WrittenRun()
            .open()
            .exchange(1, "GET / HTTP/1.1|Authorization: Bearer 0th3r-t0k3n-77||", "ok|");
    assertThat(failing.differencesFrom(3, passing))
        .singleElement()
        .asString()
        .startsWith("event 1 of connection 1: ")
        .doesNotContain("s3cr3t", "0th3r");
  }

  @Test
  void a_secret_of_one_connection_is_not_shown_of_another() {
    String login = "GET / HTTP/1.1|Authorization: Bearer s3cr3t-t0k3n-9||";
    WrittenRun passing =
        new WrittenRun().open().open().exchange(1, login, "ok|").exchange(2, "hello|", "ok|");
    WrittenRun failing =
        new WrittenRun()
            .open()
            .open()
            .exchange(1, login, "ok|")
            .exchange(2, "s3cr3t-t0k3n-9|", "ok|");
    assertThat(failing.differencesFrom(3, passing))
        .first()
        .asString()
        .contains("C sends hello", "C sends **************");
  }

  @Test
  void the_nearest_is_of_the_last_four_shapes() {
    PassingRuns runs = new PassingRuns();
    for (int i = 0; i < 6; i++) {
      runs.add(new WrittenRun().open().exchange(1, "PING|", "PONG " + i + "|").run());
    }
    runs.add(new WrittenRun().open().exchange(1, "PONG|", "?").run());
    assertThat(runs.examples()).containsExactlyInAnyOrder(4, 5, 6, 7);
    WrittenRun failing = new WrittenRun().open().exchange(1, "PING|", "PONG 4|");
    assertThat(runs.compare(failing.run()).nearest()).hasValue(5);
  }

  @Test
  void of_many_runs_the_newest_are_kept() {
    PassingRuns runs = new PassingRuns();
    WrittenRun run = new WrittenRun().open();
    for (int event = 0; event < 1_100; event++) {
      run.send(1, event % 2 == 0 ? Side.CLIENT : Side.SERVER, "x");
    }
    RecordedRun recorded = run.run();
    for (int i = 0; i < 600; i++) {
      runs.add(recorded);
    }
    assertThat(runs.compare(ping().run()).toString())
        .contains("none of 600 passing runs (compared with the last 49");
  }
}
