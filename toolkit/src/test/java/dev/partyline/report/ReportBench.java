package dev.partyline.report;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the page of many events takes to be written and to be opened, how large it is, and how
 * many frames a second it draws while it scrolls. Needs Chromium.
 *
 * <p>Run it with the number of events, 100,000 by default.
 */
public final class ReportBench {
  private static final int CONNECTIONS = 20;

  private ReportBench() {}

  /** Runs the bench and prints the result. */
  public static void main(String[] arguments) throws Exception {
    int events = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("report-bench");
    TestReport report = report(events);
    long start = System.nanoTime();
    Path page = ReportPage.write(report, folder);
    System.out.printf("written in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    File[] files = folder.toFile().listFiles();
    long others = Arrays.stream(files).mapToLong(File::length).sum() - Files.size(page);
    System.out.printf(
        "page %,d KB, %d files beside it %,d KB%n",
        Files.size(page) / 1_000, files.length - 1, others / 1_000);
    try (Browser browser = Browser.start()) {
      browser.size(1280, 900, false);
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        browser.open(page);
        browser.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
        millis.add(Math.round(browser.number("performance.now()")));
      }
      System.out.println("opened and drawn after " + millis + " ms");
      for (int step : List.of(38, 400, 20_000)) {
        browser.evaluate("document.getElementById('ladder').scrollTop = 0");
        System.out.println(step + " pixels a frame: " + browser.text(scroll(step)));
      }
      System.out.println(
          "search: "
              + browser.text(
                  """
                  new Promise((done) => {
                    const start = performance.now();
                    const box = document.getElementById("search");
                    box.value = "item-99990";
                    box.dispatchEvent(new Event("input"));
                    const wait = () => {
                      const found = document.getElementById("found").textContent;
                      if (/found|of/.test(found)) {
                        done(found + " after " + Math.round(performance.now() - start) + " ms");
                      } else setTimeout(wait, 10);
                    };
                    wait();
                  })"""));
    }
    for (File file : files) {
      Files.delete(file.toPath());
    }
    Files.delete(folder);
  }

  /** Scrolls for four seconds by so many pixels a frame, and says how many frames were drawn. */
  private static String scroll(int step) {
    return """
      new Promise((done) => {
        const ladder = document.getElementById("ladder");
        const gaps = [];
        const start = performance.now();
        let last = start;
        (function frame(now) {
          gaps.push(now - last);
          last = now;
          ladder.scrollTop += %d;
          if (now - start < 4000) requestAnimationFrame(frame);
          else done(gaps.length / 4 + " frames a second, the longest " + Math.max(...gaps).toFixed(0) + " ms");
        })(start);
      })"""
        .formatted(step);
  }

  static TestReport report(int events) {
    AtomicLong clock = new AtomicLong();
    Recorder recorder = new Recorder(clock::get);
    List<ConversationRecorder> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      clock.addAndGet(1_000_000);
      connections.add(recorder.open(Transport.TCP, "127.0.0.1:" + (40_000 + i), "127.0.0.1:80"));
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < events; i++) {
      clock.addAndGet(random.nextInt(200_000));
      Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
      String text =
          side == Side.CLIENT
              ? "GET /item-" + i + " HTTP/1.1\r\nHost: shop.test\r\n\r\n"
              : "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"price\":"
                  + (i % 90 + 10)
                  + ".00,\"x\":1}";
      connections.get(i / 2 % CONNECTIONS).recordSent(side, Bytes.utf8(text).toBuffer());
    }
    connections.forEach(connection -> connection.recordFin(Side.CLIENT));
    return TestReport.of("ManyTest.events()", TestResult.FAILED)
        .duration(Duration.ofSeconds(10))
        .failure("java.lang.AssertionError: the last answer is missing")
        .with(ReportSection.of("shop", recorder.recording()));
  }
}
