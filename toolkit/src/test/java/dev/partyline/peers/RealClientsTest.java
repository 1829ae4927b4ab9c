package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of the RFCs, played by a listener to foreign clients. */
class RealClientsTest {
  private static final Duration SOON = ofSeconds(30);

  @Test
  void curl_sends_the_mail_of_rfc_5321() {
    try (Listener mail = playing("smtp.wire").start()) {
      Program.run(
          "Blah blah blah...\r\netc. etc. etc.\r\n",
          "curl",
          "-s",
          "smtp://127.0.0.1:" + mail.port() + "/bar.com",
          "--mail-from",
          "Smith@bar.com",
          "--mail-rcpt",
          "Jones@foo.com",
          "--mail-rcpt",
          "Green@foo.com",
          "--mail-rcpt",
          "Brown@foo.com",
          "--mail-rcpt-allowfails",
          "--upload-file",
          "-");
      assertThat(mail).within(SOON).finishedScript();
    }
  }

  @Test
  void curl_fetches_the_mail_of_rfc_1939() {
    try (Listener pop = playing("pop3.wire").start()) {
      String url = "pop3://127.0.0.1:" + pop.port() + "/1";
      assertThat(Program.run("", "curl", "-s", "-u", "mrose:secret", url)).contains("Hello.");
      assertThat(pop).within(SOON).finishedScript();
    }
  }

  @Test
  void curl_reads_the_mailbox_of_rfc_3501() {
    Script script = script("imap.wire").with("length", "131");
    try (Listener imap = Listener.playing(script).start()) {
      String url = "imap://127.0.0.1:" + imap.port() + "/inbox;MAILINDEX=12;SECTION=HEADER";
      assertThat(Program.run("", "curl", "-s", "-u", "mrc:secret", url)).contains("Terry Gray");
      assertThat(imap).within(SOON).finishedScript();
    }
  }

  @Test
  void curl_fetches_the_file_of_rfc_959_over_two_connections() {
    Marks marks = new Marks();
    try (Listener data = playing("ftp-data.wire").sharing(marks).start()) {
      Script script =
          script("ftp.wire")
              .with("high", String.valueOf(data.port() / 256))
              .with("low", String.valueOf(data.port() % 256));
      try (Listener control = Listener.playing(script).sharing(marks).start()) {
        String url = "ftp://127.0.0.1:" + control.port() + "/test.txt";
        assertThat(Program.run("", "curl", "-s", "-u", "Waldo:mumble", url))
            .isEqualTo("the content of the file");
        assertThat(control).within(SOON).finishedScript();
        assertThat(data).within(SOON).finishedScript();
      }
    }
  }

  @Test
  void redis_cli_asks_for_the_length_of_a_list() {
    try (Listener redis = playing("redis.wire").start()) {
      String answer = Program.run("", "redis-cli", "-p", redis.port(), "LLEN", "mylist");
      assertThat(answer.strip()).isEqualTo("48293");
      assertThat(Program.run("", "redis-cli", "-p", redis.port(), "PING").strip())
          .isEqualTo("PONG");
      assertThat(redis).within(SOON).finishedScript();
    }
  }

  @Test
  void nc_sends_everything_at_once_and_is_answered_line_by_line() {
    try (Listener pop = playing("pop3.wire").start()) {
      String typed = "CAPA\r\nUSER mrose\r\nPASS secret\r\nRETR 1\r\nQUIT\r\n";
      assertThat(Program.run(typed, "nc", "-N", pop.host(), pop.port()))
          .startsWith("+OK POP3 server ready\r\n")
          .endsWith("(maildrop empty)\r\n");
      assertThat(pop).within(SOON).finishedScript();
    }
  }

  @Test
  void a_client_that_sends_something_else_is_reset_and_reported() {
    try (Listener pop = playing("pop3.wire").start()) {
      Program.run("CAPA\r\nUSER nobody\r\n", "nc", "-N", pop.host(), pop.port());
      assertThat(pop).within(SOON).connection(1).wasReset();
      assertThat(pop.runs().get(0).problem()).contains("the client sent something else");
    }
  }

  private static ListenerSpec playing(String name) {
    return Listener.playing(script(name));
  }

  static Script script(String name) {
    return Script.resource(RealClientsTest.class, name);
  }
}
