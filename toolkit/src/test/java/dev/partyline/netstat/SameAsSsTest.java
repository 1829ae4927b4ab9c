package dev.partyline.netstat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.partyline.peers.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Compares the table with ss (iproute2), which asks the kernel in another way. */
@EnabledOnOs(OS.LINUX)
class SameAsSsTest {
  private static final Pattern BLANKS = Pattern.compile(" +");

  private final OwnSockets ownSockets = new OwnSockets();

  @AfterEach
  void close() throws IOException {
    ownSockets.close();
  }

  @Test
  void hasTheSameTwoThousandRowsStatesAndQueues() throws IOException {
    ownSockets.open(560);
    AtomicReference<SortedSet<String>> previous = new AtomicReference<>(new TreeSet<>());
    // Acknowledgements may be on their way for a while: what changes meanwhile is not compared.
    await()
        .until(
            () ->
                previous.getAndSet(tableRows()).equals(previous.get())
                    && previous.get().size() > 2_000);
    SortedSet<String> ssRows = ssRows();
    assertThat(tableRows()).isEqualTo(previous.get()).containsExactlyElementsOf(ssRows);
    assertThat(states(ssRows))
        .containsExactly("CLOSE-WAIT", "ESTAB", "FIN-WAIT-2", "LISTEN", "TIME-WAIT", "UNCONN");
  }

  private SortedSet<String> tableRows() {
    SortedSet<String> rows = new TreeSet<>();
    for (ConnectionRow row : ConnectionTable.snapshot().rows()) {
      InetSocketAddress local = row.local();
      InetSocketAddress remote = row.remote();
      if (ownSockets.has(row)) {
        boolean listens = row.stateName().equals("LISTEN");
        rows.add(
            String.join(
                " ",
                NetstatPrinter.protocol(row).substring(0, 3),
                ssState(row.stateName()),
                String.valueOf(row.receiveQueue()),
                listens ? "-" : String.valueOf(row.sendQueue()),
                AddressText.literal(local),
                AddressText.literal(remote)));
      }
    }
    return rows;
  }

  private SortedSet<String> ssRows() {
    SortedSet<String> rows = new TreeSet<>();
    for (String line : Program.run("", "ss", "-tuanH").lines().toList()) {
      String[] cells = BLANKS.split(line.strip(), -1);
      String local = plain(cells[4]);
      String peer = cells[5].endsWith(":*") ? "*" : plain(cells[5]);
      if (ownSockets.has(local, peer)) {
        // For a listener ss prints the maximum of its queue, which /proc does not have.
        String sendQueue = cells[1].equals("LISTEN") ? "-" : cells[3];
        rows.add(String.join(" ", cells[0], cells[1], cells[2], sendQueue, local, peer));
      }
    }
    return rows;
  }

  private static String plain(String address) {
    return address.replaceFirst("^\\[::ffff:([0-9.]+)]", "$1");
  }

  private static String ssState(String state) {
    return switch (state) {
      case "ESTABLISHED" -> "ESTAB";
      case "FIN_WAIT1" -> "FIN-WAIT-1";
      case "FIN_WAIT2" -> "FIN-WAIT-2";
      case "" -> "UNCONN";
      default -> state.replace('_', '-');
    };
  }

  private static Stream<String> states(SortedSet<String> rows) {
    return rows.stream().map(row -> row.split(" ", -1)[1]).distinct().sorted();
  }
}
