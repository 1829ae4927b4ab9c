package dev.partyline.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.replay.CassetteMode;
import dev.partyline.replay.CassetteSpec;
import dev.partyline.script.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of real clients are replayed to the same clients from the file alone. */
class RealReplayTest {
  @TempDir private Path folder;

  /** Records what a client prints, and has the same printed by a replay. */
  private String replay(
      CassetteSpec cassette, Supplier<TapSpec> server, Function<Tap, String> client) {
    StringBuilder recorded = new StringBuilder();
    cassette.mode(CassetteMode.ALWAYS).run(server, tap -> recorded.append(client.apply(tap)));
    StringBuilder replayed = new StringBuilder();
    cassette
        .mode(CassetteMode.REPLAY)
        .run(
            () -> {
              throw new AssertionError("a replay asks for no server");
            },
            tap -> replayed.append(client.apply(tap)));
    assertThat(replayed).hasToString(recorded.toString());
    return replayed.toString();
  }

  private CassetteSpec cassette() {
    return CassetteSpec.of(folder.resolve("session.wire"));
  }

  @Test
  void redis_cli_with_redis_server() {
    try (PortLease lease = Ports.reserve();
        Redis redis = new Redis(lease.port())) {
      String printed =
          replay(
              cassette(),
              () -> Tap.to(redis.port()),
              tap ->
                  Program.run(
                      "SET tea 3.50\nGET tea\nINCR visits\nLPUSH jobs a b c\nLRANGE jobs 0 -1\nTIME\n",
                      "redis-cli",
                      "-p",
                      tap.port()));
      assertThat(printed).startsWith("OK\n3.50\n1\n3\nc\nb\na\n");
    }
  }

  @Test
  void redis_cli_subscribes_and_another_one_publishes() {
    try (PortLease lease = Ports.reserve();
        Redis redis = new Redis(lease.port())) {
      assertThat(replay(cassette(), () -> Tap.to(redis.port()), RealReplayTest::publish))
          .contains("news", "rain");
    }
    assertThat(folder.resolve("session.wire")).content().contains("await connection2.");
  }

  private static String publish(Tap tap) {
    Process subscriber = Program.start("redis-cli", "-p", tap.port(), "SUBSCRIBE", "news");
    try {
      String subscribed = readThrough(subscriber, "subscribe\nnews\n1\n");
      String published = Program.run("", "redis-cli", "-p", tap.port(), "PUBLISH", "news", "rain");
      return subscribed + published + readThrough(subscriber, "rain\n");
    } finally {
      subscriber.destroy();
    }
  }

  private static String readThrough(Process process, String end) {
    StringBuilder printed = new StringBuilder();
    try {
      while (!printed.toString().endsWith(end)) {
        int next = process.getInputStream().read();
        assertThat(next).as(printed.toString()).isNotNegative();
        printed.append((char) next);
      }
      return printed.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void curl_with_a_web_server_of_python() throws IOException {
    Files.writeString(folder.resolve("page.txt"), "hello\n".repeat(20_000));
    try (PortLease lease = Ports.reserve()) {
      Process server =
          Program.start(
              "python3",
              "-m",
              "http.server",
              lease.port(),
              "--bind",
              "127.0.0.1",
              "--directory",
              folder);
      try {
        Ports.awaitListening(lease.port(), Duration.ofSeconds(30));
        String printed =
            replay(
                cassette().varying("User-Agent: ${*}"),
                () -> Tap.to(lease.port()),
                tap -> {
                  String url = "http://127.0.0.1:" + tap.port() + "/";
                  return Program.run(
                      "",
                      "curl",
                      "-s",
                      "-i",
                      "-u",
                      "me:secret" + tap.port(),
                      url + "page.txt",
                      url + "none");
                });
        assertThat(printed).contains("200 OK", "hello\nhello\n", "404 File not found");
      } finally {
        server.destroy();
      }
    }
  }

  @Test
  void smtplib_with_a_scripted_mail_server() {
    String script =
        """
        S: 220 mail.example ESMTP
        C: ehlo ${*}
        S: 250-mail.example
        S: 250 AUTH PLAIN
        C: AUTH PLAIN ${*}
        S: 235 welcome
        C: mail FROM:${*}
        S: 250 OK
        C: rcpt TO:${*}
        S: 250 OK
        C: data
        S: 354 go on
        C: ...
        C: .
        S: 250 accepted
        C: quit
        S: 221 bye
        S! close
        """;
    try (Listener server = Listener.playing(script).start()) {
      String printed =
          replay(
              cassette(),
              () -> Tap.to(server),
              tap ->
                  Program.run(
                      """
                      import smtplib
                      mail = smtplib.SMTP("127.0.0.1", %d, "me.example")
                      mail.login("me", "secret-%d")
                      print(mail.sendmail("a@x.example", ["b@x.example"], "Subject: tea\\n\\n.dots.\\n"))
                      print(mail.quit())
                      """
                          .formatted(tap.port(), tap.port()),
                      "python3",
                      "-"));
      assertThat(printed).isEqualTo("{}\n(221, b'bye')\n");
    }
    assertThat(folder.resolve("session.wire")).content().contains("C: AUTH PLAIN ${*}");
  }

  @Test
  void psql_with_a_scripted_server() {
    try (Listener server =
        Listener.playing(Script.resource(RealReplayTest.class, "postgres.wire")).start()) {
      String printed =
          replay(
              cassette(),
              () -> Tap.to(server),
              tap ->
                  Program.run(
                      "",
                      "psql",
                      "-At",
                      "host=127.0.0.1 port="
                          + tap.port()
                          + " user=me dbname=shop sslmode=disable"
                          + " gssencmode=disable",
                      "-c",
                      "SELECT 'tea'"));
      assertThat(printed).isEqualTo("tea\n");
    }
  }

  @Test
  void git_with_git_daemon() throws IOException {
    Path repository = folder.resolve("shop.git");
    Program.output(Program.start("git", "init", "-q", "--bare", repository), "git");
    Path work = folder.resolve("work");
    Program.output(Program.start("git", "init", "-q", work), "git");
    Files.write(work.resolve("tea.txt"), "tea\n".getBytes(UTF_8));
    git(work, "add", ".");
    git(work, "-c", "user.name=me", "-c", "user.email=me@x.example", "commit", "-qm", "tea");
    git(work, "push", "-q", repository, "HEAD:refs/heads/main");
    try (PortLease lease = Ports.reserve()) {
      Process daemon =
          Program.start(
              "git",
              "daemon",
              "--reuseaddr",
              "--listen=127.0.0.1",
              "--port=" + lease.port(),
              "--export-all",
              "--base-path=" + folder);
      try {
        Ports.awaitListening(lease.port(), Duration.ofSeconds(30));
        String printed = replay(cassette(), () -> Tap.to(lease.port()), this::cloneRepository);
        assertThat(printed).isEqualTo("tea\n");
      } finally {
        daemon.descendants().forEach(ProcessHandle::destroy);
        daemon.destroy();
      }
    }
  }

  private String cloneRepository(Tap tap) {
    Path copy = folder.resolve("copy-" + tap.port());
    String url = "git://127.0.0.1:" + tap.port() + "/shop.git";
    git(folder, "clone", "-q", "--branch", "main", url, copy);
    try {
      return Files.readString(copy.resolve("tea.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void git(Path folder, Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = "-C";
    all[1] = folder;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    assertThat(Program.output(Program.start("git", all), "git")).isEmpty();
  }
}
