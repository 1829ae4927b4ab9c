package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.FilterResult.includedIf;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.ports.OpenResource;
import dev.partyline.store.Tcpdump;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * What tcpdump captures on lo while the tests of this package run is what their listeners, clients
 * and taps record, stream for stream, but for each {@link CaptureDifference}.
 */
class ContractsBesideTcpdumpTest {
  /** With -Dpartyline.contracts=all it runs all, which takes minutes. */
  private static final boolean ALL = System.getProperty("partyline.contracts", "").equals("all");

  /** What the kernel holds of the traffic while tcpdump cannot keep up. */
  private static final int BUFFER_MEBIBYTES = ALL ? 1_024 : 256;

  /** Each of the ways in which connections end, over each transport, with few bytes, and no TLS. */
  private static final Set<Class<?>> QUICK =
      Set.of(
          ClosingContract.class,
          ResetContract.class,
          TapLedgerTest.class,
          TapUpstreamTest.class,
          TapDatagramDifferencesTest.class);

  @TempDir private Path directory;

  @Test
  void what_is_captured_is_what_is_recorded(TestReporter reporter) throws IOException {
    List<Object> opened = new ArrayList<>();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    try (Tcpdump tcpdump =
        Tcpdump.start("lo", directory.resolve("lo.pcap"), "tcp or udp", BUFFER_MEBIBYTES)) {
      Runnable restoreObserver = OpenResource.observeThread(each -> opened.add(each.owner()));
      try {
        LauncherFactory.create().execute(contracts(), summary);
      } finally {
        restoreObserver.run();
      }
      assertThat(summary.getSummary().getFailures()).extracting(Failure::getException).isEmpty();
      CaptureReport report = new CaptureReport(awaitAll(tcpdump));
      // Without all packets nothing can be said.
      assumeThat(tcpdump.stop()).contains("\n0 packets dropped by kernel");
      opened.forEach(report::add);
      reporter.publishEntry("compared", report.toString());
      assertThat(report.failures()).as(report.toString()).isEmpty();
      assertThat(report.equalCount()).as(report.toString()).isGreaterThan(1_000);
    }
  }

  /** Returns the tests of this package in which something of ours records. */
  private static LauncherDiscoveryRequest contracts() {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage(ContractTest.class.getPackageName()))
        .filters(
            excludeClassNamePatterns(
                ContractsBesideTcpdumpTest.class.getName(), DirectTest.class.getName()),
            (PostDiscoveryFilter) test -> includedIf(ALL || isQuick(test)))
        .build();
  }

  private static boolean isQuick(TestDescriptor test) {
    return test.getSource().orElse(null) instanceof MethodSource source
        && QUICK.contains(source.getJavaMethod().getDeclaringClass())
        && source.getJavaClass() != ThroughTlsTest.class;
  }

  /** Returns all that was captured up to now, which ends with a datagram that this sends. */
  private static Recording awaitAll(Tcpdump tcpdump) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
      String own = HostAndPort.print((InetSocketAddress) socket.getLocalSocketAddress());
      return tcpdump.await(
          captured ->
              captured.conversations().stream()
                  .anyMatch(
                      each ->
                          each.address(Side.CLIENT).equals(own)
                              && each.address(Side.SERVER).equals(own)));
    }
  }
}
