package dev.partyline.netstat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Compares OSHI with /proc where there are both. */
class OshiProviderTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void hasTheSameAsProc() throws IOException {
    try (OwnSockets ownSockets = new OwnSockets()) {
      ownSockets.open(30);
      AtomicReference<NavigableSet<String>> previous = new AtomicReference<>(new TreeSet<>());
      await()
          .until(
              () ->
                  previous
                          .getAndSet(texts(ownSockets, ConnectionTable.snapshot().rows()))
                          .equals(previous.get())
                      && previous.get().size() > 100);
      assertThat(texts(ownSockets, new OshiProvider("Linux").rows()))
          .containsExactlyElementsOf(previous.get());
    }
  }

  /** What both have; /proc also has the version of IP that a socket was opened for. */
  private static NavigableSet<String> texts(OwnSockets ownSockets, List<ConnectionRow> rows) {
    NavigableSet<String> texts = new TreeSet<>();
    rows.stream()
        .filter(ownSockets::has)
        .map(
            row ->
                String.join(
                    " ",
                    row.transport().name(),
                    row.stateName(),
                    String.valueOf(row.receiveQueue()),
                    String.valueOf(row.sendQueue()),
                    AddressText.literal(row.local()),
                    AddressText.literal(row.remote()),
                    row.owner() == null ? "-" : row.owner().pid() + "/" + row.owner().program()))
        .forEach(texts::add);
    return texts;
  }

  @Test
  void isAskedOnMacOsAndWindowsAlone() {
    assertThat(new OshiProvider("Mac OS X").isSupported()).isTrue();
    assertThat(new OshiProvider("Windows 11").isSupported()).isTrue();
    assertThat(new OshiProvider("Linux").isSupported()).isFalse();
  }

  @Test
  void theTableSaysWhatItCannotTell() {
    assertThat(
            new ConnectionTable(List.of(), new OshiProvider("Mac OS X").limitations()).toString())
        .contains("# cannot tell: inodes, users, timers,")
        .contains("# cannot tell: Recv-Q and Send-Q, which are printed as 0: macOS counts pending")
        .contains("# cannot tell: sockets that no process has open, as in TIME_WAIT");
    assertThat(new OshiProvider("Windows 11").limitations())
        .contains("Recv-Q and Send-Q, which are printed as 0", "the remote end of UDP");
  }

  @Test
  void isThereWhereItIsOnTheClassPath() {
    assertThat(ProviderLookup.oshi()).containsInstanceOf(OshiProvider.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isNotMissedWhereItIsNot() throws Exception {
    URL classes = ConnectionTable.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader bare =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> table = bare.loadClass(ConnectionTable.class.getName());
      assertThat(table.getMethod("snapshot").invoke(null)).asString().startsWith("Active Internet");
      Method oshi = bare.loadClass(ProviderLookup.class.getName()).getDeclaredMethod("oshi");
      oshi.setAccessible(true);
      assertThat(oshi.invoke(null)).isEqualTo(Optional.empty());
    }
  }
}
