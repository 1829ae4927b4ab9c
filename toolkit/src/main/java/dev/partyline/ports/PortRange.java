package dev.partyline.ports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ports that may be leased: those from 20000 to 29999, without the range from which the kernel
 * serves sockets that bind port 0 or connect, and without ports that an administrator has reserved.
 *
 * <p>Kubernetes uses the ports from 30000 to 32767, Linux those from 32768 on, macOS and Windows
 * those from 49152 on. Where the kernel serves most of 20000 to 29999 itself, others are leased.
 * Where it serves nearly all, leases are among its ports: it serves none that is held, but could
 * serve one that a lease has released, or one over UDP.
 */
final class PortRange {
  static final String PROPERTY = "partyline.ports";

  private static final int MIN_PORT = 1_024;

  private static final PortSpan DEFAULT_SPAN = new PortSpan(20_000, 29_999);

  /** Where ports come from, the best first, each without those that the kernel serves. */
  private static final List<PortSpan> SPANS =
      List.of(DEFAULT_SPAN, new PortSpan(10_000, 19_999), new PortSpan(32_768, 65_535));

  /** With fewer, the tests of several JVMs might not find enough. */
  private static final int MIN_SIZE = 1_000;

  private static final int MAX_FILE_BYTES = 1 << 16;
  private static final Path PROC_IPV4 = Path.of("/proc/sys/net/ipv4");

  private final PortSpan span;
  private final BitSet reserved;
  private final @Nullable String problem;

  private PortRange(PortSpan span, BitSet reserved, @Nullable String problem) {
    this.span = span;
    this.reserved = reserved;
    this.problem = problem;
  }

  /** Returns the range of this machine, or of {@code -Dpartyline.ports} if that is set. */
  static PortRange ofMachine() {
    return of(
        System.getProperty(PROPERTY), read("ip_local_port_range"), read("ip_local_reserved_ports"));
  }

  /**
   * Returns the range that follows from these texts, null for a missing one. If they are invalid,
   * {@link #check()} throws for each lease, not only for the first.
   */
  static PortRange of(
      @Nullable String property, @Nullable String ephemeral, @Nullable String reserved) {
    try {
      BitSet reservedPorts = reserved == null ? new BitSet() : parseList(reserved);
      PortSpan span =
          property == null ? outside(ephemeral) : parse("-D" + PROPERTY, property, "-", MIN_PORT);
      return new PortRange(span, reservedPorts, null);
    } catch (IllegalArgumentException e) {
      return new PortRange(DEFAULT_SPAN, new BitSet(), e.getMessage());
    }
  }

  private static PortSpan outside(@Nullable String ephemeral) {
    if (ephemeral == null) {
      return DEFAULT_SPAN;
    }
    PortSpan served = parse("ip_local_port_range", ephemeral, "\\s+", 1);
    return SPANS.stream()
        .map(span -> span.without(served))
        .filter(span -> span.size() >= MIN_SIZE)
        .findFirst()
        .orElse(DEFAULT_SPAN);
  }

  /** Returns a list of ports and ranges such as {@code 8080,9000-9010}. */
  private static BitSet parseList(String text) {
    BitSet ports = new BitSet();
    for (String part : text.strip().split(",", -1)) {
      if (!part.isBlank()) {
        PortSpan span = parse("ip_local_reserved_ports", part, "-", 0);
        ports.set(span.first(), span.last() + 1);
      }
    }
    return ports;
  }

  private static PortSpan parse(String name, String text, String separator, int minPort) {
    String[] bounds = text.strip().split(separator, 2);
    try {
      int low = Integer.parseInt(bounds[0]);
      int high = Integer.parseInt(bounds[bounds.length - 1]);
      if (low >= minPort && low <= high && high <= 65_535) {
        return new PortSpan(low, high);
      }
    } catch (NumberFormatException e) {
      // Reported below, together with numbers that are not ports.
    }
    throw new IllegalArgumentException(
        name
            + " ("
            + text.strip()
            + ") must be the first and the last of some ports in "
            + minPort
            + "..65535, such as 15000-19999");
  }

  private static @Nullable String read(String file) {
    // The kernel serves such a file to the first read only, and Files.readString starts with a read
    // of one byte.
    byte[] text = new byte[MAX_FILE_BYTES];
    try (InputStream in = Files.newInputStream(PROC_IPV4.resolve(file))) {
      return new String(text, 0, Math.max(0, in.read(text)), US_ASCII);
    } catch (IOException e) {
      // Other systems have no such file, and some containers hide it.
      return null;
    }
  }

  /** Throws if it has no port. */
  void check() {
    if (problem != null) {
      throw new LoopbackException("cannot lease a port: " + problem);
    }
  }

  int first() {
    return span.first();
  }

  int last() {
    return span.last();
  }

  int size() {
    return span.size();
  }

  /** Returns whether this number of ports, starting with the given one, is in the range. */
  boolean contains(int port, int count) {
    int next = reserved.nextSetBit(port);
    return port >= first() && port + count - 1 <= last() && (next < 0 || next >= port + count);
  }

  /** Returns {@code 20000..29999} and the like. */
  @Override
  public String toString() {
    int reservedCount = reserved.get(first(), last() + 1).cardinality();
    return first()
        + ".."
        + last()
        + (reservedCount == 0 ? "" : " (" + reservedCount + " reserved)");
  }
}
