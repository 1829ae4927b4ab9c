package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;

/**
 * Five failures as they happen in real tests, and their pages. Run it with a folder, and they are
 * written there, with an index; with a second argument also as pictures, which needs Chromium.
 */
public final class ReportScenes {
  private static final String REQUEST =
      "GET /basket HTTP/1.1\r\nHost: shop.test\r\nAuthorization: Bearer eyJhbGciOi.c2VjcmV0.x\r\n\r\n";

  private ReportScenes() {}

  /** A failure, and what it is called. */
  record Scene(String name, Callable<TestReport> report) {}

  static List<Scene> all() {
    return List.of(
        new Scene("partial-read", ReportScenes::partialRead),
        new Scene("lost-answer", ReportScenes::lostAnswer),
        new Scene("wrong-order", ReportScenes::wrongOrder),
        new Scene("reset-in-body", ReportScenes::resetInBody),
        new Scene("hung-client", ReportScenes::hungClient));
  }

  /** Writes the pages, and prints where they are. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length == 0 ? "target/report-scenes" : arguments[0]);
    List<Path> pages = new ArrayList<>();
    IndexFile index = IndexFile.open(folder.resolve("index.html"));
    for (Scene scene : all()) {
      TestReport report = scene.report.call();
      Path page =
          ReportPage.write(
              withFiles(report, folder.resolve(scene.name)), folder.resolve(scene.name));
      index.add(report, page);
      pages.add(page);
      System.out.println(page.toUri());
    }
    pages.add(index.file());
    if (arguments.length > 1) {
      takePictures(pages);
    }
  }

  /** Writes the recordings beside the page, as an extension of JUnit does. */
  private static TestReport withFiles(TestReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    TestReport result = report;
    for (MaskedSection section : MaskedSection.of(report.sections())) {
      Path file = folder.resolve(section.section().name() + ".wire");
      Conversation[] conversations = section.conversations().toArray(Conversation[]::new);
      Files.writeString(file, Transcript.exact(Recording.of(conversations)));
      result = result.link(file.getFileName().toString(), file);
    }
    return result;
  }

  private static void takePictures(List<Path> pages) throws Exception {
    try (Browser browser = Browser.start()) {
      for (Path page : pages) {
        save(browser.size(1280, 900, false).open(page), page.resolveSibling("light.png"));
        save(browser.size(1280, 900, true).open(page), page.resolveSibling("dark.png"));
        save(browser.size(390, 844, false).open(page), page.resolveSibling("phone.png"));
      }
    }
  }

  private static void save(Browser browser, Path file) throws Exception {
    ImageIO.write(browser.picture(), "png", file.toFile());
  }

  /** The client takes what one read returns for the whole answer. */
  static TestReport partialRead() throws Exception {
    Listener cache = Listener.playing("C: PING\nS: +PONG\nC: GET basket\nS: $-1\n").start();
    Tap tap = Tap.to(cache).in(Weather.parse("seed 7; slice at 3 from server")).start();
    try (cache;
        tap) {
      return run(
          "CacheTest.isReadyAfterPong()",
          () -> {
            try (Socket socket = connect(tap.port(), 2_000)) {
              send(socket, "PING\r\n");
              String reply = new String(readOnce(socket), UTF_8);
              if (!reply.equals("+PONG\r\n")) {
                throw new IllegalStateException("the cache is not ready: it answered " + reply);
              }
            }
          },
          () -> {
            // The client may have read the first slice before the tap has counted its hit.
            tap.drainInput();
            return List.of(ReportSection.of("cache", tap), ReportSection.of("redis", cache));
          });
    }
  }

  /** The answer is lost on the way, and the client has no retry. */
  static TestReport lostAnswer() throws Exception {
    String answer =
        "S: HTTP/1.1 200 OK\nS: Content-Length: 26\nS:\nS| {\"items\":[\"tea\",\"coffee\"]}\n";
    Listener shop = Listener.playing("C: GET /basket HTTP/1.1\nC: ...\nC:\n" + answer).start();
    Tap tap = Tap.to(shop).in(Weather.parse("stall from server")).start();
    try (shop;
        tap) {
      return run(
          "ShopClientTest.retriesALostAnswer()",
          () -> {
            try (Socket socket = connect(tap.port(), 1_000)) {
              send(socket, REQUEST);
              readOnce(socket);
            }
          },
          () -> List.of(ReportSection.of("network", tap), ReportSection.of("shop", shop)));
    }
  }

  /** The client opens its data connection before its control connection. */
  static TestReport wrongOrder() throws Exception {
    String script =
        """
        connection
          C: HELLO control
          S: OK session 17
          mark session-open
        connection
          await session-open
          C: HELLO data 17
          S: OK
        """;
    Listener broker = Listener.playing(script).start();
    try (broker) {
      return run(
          "BrokerClientTest.opensASession()",
          () -> {
            try (Socket data = connect(broker.port(), 1_000);
                Socket control = connect(broker.port(), 1_000)) {
              send(data, "HELLO data 17\r\n");
              send(control, "HELLO control\r\n");
              if (readOnce(data).length == 0) {
                throw new IOException("the broker has closed the data connection");
              }
            }
          },
          () -> {
            broker.recording().awaitClosed(Duration.ofSeconds(5));
            return List.of(ReportSection.of("broker", broker));
          });
    }
  }

  /** The server resets the connection in the middle of a body. */
  static TestReport resetInBody() throws Exception {
    String body = "x".repeat(400);
    Listener files =
        Listener.playing(
                "C: GET /big HTTP/1.1\nC: ...\nC:\nS: HTTP/1.1 200 OK\nS: Content-Length: 400\nS:\nS| "
                    + body
                    + "\n")
            .start();
    Tap tap = Tap.to(files).in(Weather.parse("reset after 150 bytes from server")).start();
    try (files;
        tap) {
      return run(
          "DownloadTest.resumesAfterAReset()",
          () -> {
            try (Socket socket = connect(tap.port(), 1_000)) {
              send(socket, "GET /big HTTP/1.1\r\nHost: files.test\r\n\r\n");
              while (readOnce(socket).length > 0) {
                // The body is thrown away.
              }
            }
          },
          () -> List.of(ReportSection.of("mirror", tap), ReportSection.of("files", files)));
    }
  }

  /** The client waits for a banner that the protocol does not have, and the test for the client. */
  static TestReport hungClient() throws Exception {
    Listener mail =
        Listener.playing(
                "S: 220 mail.test ESMTP\nC: EHLO ${name}\nS: 250 mail.test\nC: QUIT\nS: 221 bye\n")
            .start();
    long start = System.nanoTime();
    try (mail;
        Socket socket = connect(mail.port(), 0)) {
      Thread test =
          new Thread(
              () -> {
                try {
                  readOnce(socket);
                  readSecondBanner(socket);
                } catch (IOException e) {
                  // The scene is over.
                }
              },
              "main");
      test.setDaemon(true);
      test.start();
      mail.recording().awaitBytes(Side.SERVER, 20, Duration.ofSeconds(5));
      mail.recording().awaitIdle(Duration.ofMillis(600), Duration.ofSeconds(5));
      StringBuilder stack = new StringBuilder("thread main, " + test.getState() + "\n");
      for (StackTraceElement frame : test.getStackTrace()) {
        stack.append("    at ").append(frame).append('\n');
      }
      return TestReport.of("MailerTest.sendsTheReceipt()", TestResult.INTERRUPTED)
          .duration(Duration.ofNanos(System.nanoTime() - start))
          .failure(
              "java.util.concurrent.TimeoutException: sendsTheReceipt() timed out after 600 milliseconds")
          .threads(stack.toString())
          .endedAt(System.nanoTime())
          .sockets(sockets(mail.port()))
          .with(ReportSection.of("mail", mail));
    }
  }

  private static void readSecondBanner(Socket socket) throws IOException {
    readOnce(socket);
  }

  private static Socket connect(int port, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    SocketAddress address = new InetSocketAddress("127.0.0.1", port);
    socket.setSoTimeout(timeoutMillis);
    socket.connect(address);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static byte[] readOnce(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[4_096];
    return java.util.Arrays.copyOf(buffer, Math.max(0, in.read(buffer)));
  }

  private static String sockets(int port) {
    ConnectionTable table = ConnectionTable.snapshot().onPort(port);
    return table + "\n" + table.explanations();
  }

  /** What a test does, and how it may fail. */
  @FunctionalInterface
  private interface Body {
    void run() throws Exception;
  }

  private static TestReport run(String name, Body body, Callable<List<ReportSection>> sections)
      throws Exception {
    long start = System.nanoTime();
    TestReport report = TestReport.of(name, TestResult.PASSED);
    try {
      body.run();
    } catch (Exception e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      report =
          TestReport.of(name, TestResult.FAILED).failure(e.toString()).threads(trace.toString());
    }
    long end = System.nanoTime();
    report = report.duration(Duration.ofNanos(end - start)).endedAt(end);
    for (ReportSection section : sections.call()) {
      report = report.with(section);
    }
    return report;
  }
}
