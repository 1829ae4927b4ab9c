package dev.partyline.junit5.internal;

import dev.partyline.hunt.RecordedRun;
import dev.partyline.junit5.internal.report.Capture;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.report.ReportSection;
import dev.partyline.report.TestReport;
import dev.partyline.wire.Side;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a test stood at one moment.
 *
 * @param startNanos when the test began, by {@link System#nanoTime()}
 * @param endNanos when that moment was, by the same
 * @param runNanos how long it ran until it failed, or until that moment
 * @param sockets the sockets of this JVM
 */
record TestSnapshot(
    long startNanos,
    long endNanos,
    long runNanos,
    List<EndpointSnapshot> endpoints,
    SocketReport sockets) {

  /** Returns a report with all of this. */
  TestReport addTo(TestReport report) {
    TestReport complete =
        report
            .duration(Duration.ofNanos(endNanos - startNanos))
            .endedAt(endNanos)
            .sockets(sockets.all());
    for (ReportSection each : sections()) {
      complete = complete.with(each);
    }
    return complete;
  }

  /** Returns what a page shows of the endpoints; empty if there are no pages. */
  List<ReportSection> sections() {
    return endpoints.stream().flatMap(each -> each.section().stream()).toList();
  }

  /** Returns what was recorded, without what an earlier test has done with what a class shares. */
  RecordedRun run() {
    return new RecordedRun(
        endpoints.stream().map(each -> each.since(startNanos)).toList(),
        startNanos,
        startNanos + runNanos);
  }

  /** Returns how many bytes were recorded. */
  long byteCount() {
    return endpoints.stream()
        .mapToLong(
            each ->
                each.recording().byteCount(Side.CLIENT) + each.recording().byteCount(Side.SERVER))
        .sum();
  }

  /** Returns a capture of each that had a connection. */
  List<Capture> captures(String testName) {
    Map<SocketAddress, String> hosts = new LinkedHashMap<>();
    for (EndpointSnapshot each : endpoints) {
      if (each.resource().endpoint() instanceof Listener listener) {
        hosts.put(listener.address(), each.name());
      } else if (each.resource().endpoint() instanceof Tap tap) {
        hosts.put(tap.address(), each.name());
      }
    }
    return endpoints.stream()
        .filter(each -> !each.isUnused())
        .map(
            each ->
                new Capture(
                    each.name(), each.recording(), each.resource().redaction(), testName, hosts))
        .toList();
  }
}
