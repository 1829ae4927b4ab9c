package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import dev.partyline.wire.Transport;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads the tables of the kernel in /proc/self/net, which are those of this network namespace. */
final class ProcNet {
  /** Up to this size the JDK needs no buffer of its own for read(2). */
  private static final int READ_BYTES = 8192;

  /** In the order of the kernel's numbers, which begin with 1 (its include/net/tcp_states.h). */
  private static final TcpState[] STATES = {
    TcpState.ESTABLISHED,
    TcpState.SYN_SENT,
    TcpState.SYN_RECEIVED,
    TcpState.FIN_WAIT_1,
    TcpState.FIN_WAIT_2,
    TcpState.TIME_WAIT,
    TcpState.CLOSED,
    TcpState.CLOSE_WAIT,
    TcpState.LAST_ACK,
    TcpState.LISTEN,
    TcpState.CLOSING,
    TcpState.SYN_RECEIVED
  };

  private final UniqueRows rows = new UniqueRows();
  private final List<String> limitations = Collections.synchronizedList(new ArrayList<>());
  private final OwnerLookup ownerLookup;
  private int malformedLines;

  ProcNet(Path proc) {
    ownerLookup = new ProcOwners(proc, rows.inodes());
  }

  static boolean isAvailable(Path proc) {
    return Files.isReadable(proc.resolve("self/net/tcp"));
  }

  static ConnectionTable snapshot(Path proc) {
    ProcNet procNet = new ProcNet(proc);
    Path net = proc.resolve("self/net");
    // For each of the two the kernel goes through its whole table of connections, which takes most
    // of the time; two processors do it in half of it.
    FutureTask<byte[]> tcp = new FutureTask<>(() -> procNet.read(net.resolve("tcp")));
    ForkJoinPool.commonPool().execute(tcp);
    byte[] tcp6 = procNet.read(net.resolve("tcp6"));
    procNet.addInet(Transport.TCP, 4, await(tcp));
    procNet.addInet(Transport.TCP, 6, tcp6);
    procNet.addInet(Transport.UDP, 4, procNet.read(net.resolve("udp")));
    procNet.addInet(Transport.UDP, 6, procNet.read(net.resolve("udp6")));
    procNet.addUnix(procNet.read(net.resolve("unix")));
    return procNet.table();
  }

  /** Returns the result of a task, which runs here if no thread of the pool has started it. */
  private static byte[] await(FutureTask<byte[]> task) {
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // Reading takes only milliseconds.
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("a table of /proc could not be read", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  ConnectionTable table() {
    if (malformedLines > 0) {
      limitations.add(
          "what "
              + (malformedLines == 1
                  ? "1 line of /proc/self/net says"
                  : malformedLines + " lines of /proc/self/net say"));
    }
    return new ConnectionTable(rows.list(), limitations);
  }

  /** Adds the rows of a table of TCP or UDP, whose first line is a header. */
  void addInet(Transport transport, int ipVersion, byte[] table) {
    ProcLineReader reader = new ProcLineReader(table);
    reader.nextLine();
    while (reader.nextLine()) {
      ConnectionRow row = inetRow(transport, ipVersion, reader);
      add(reader.isMalformed() ? null : row);
    }
  }

  /** Adds the rows of the table of Unix domain sockets, whose first line is a header. */
  void addUnix(byte[] table) {
    ProcLineReader reader = new ProcLineReader(table);
    reader.nextLine();
    while (reader.nextLine()) {
      ConnectionRow row = unixRow(reader);
      add(reader.isMalformed() ? null : row);
    }
  }

  private void add(@Nullable ConnectionRow row) {
    if (row == null) {
      malformedLines++;
    } else {
      rows.add(row);
    }
  }

  private @Nullable ConnectionRow inetRow(
      Transport transport, int ipVersion, ProcLineReader reader) {
    reader.skipSpaces();
    reader.readDecimal();
    reader.skip(':');
    reader.skipGap();
    var local = reader.readAddress(ipVersion == 4 ? 1 : 4);
    reader.skipGap();
    var remote = reader.readAddress(ipVersion == 4 ? 1 : 4);
    reader.skipGap();
    int state = (int) reader.readHex(2);
    reader.skipGap();
    long sendQueue = reader.readHex(8);
    reader.skip(':');
    long receiveQueue = reader.readHex(8);
    reader.skipGap();
    int timer = (int) reader.readHex(2);
    reader.skip(':');
    long timerCentis = reader.readHex(8);
    reader.skipGap();
    long retransmits = reader.readHex(8);
    reader.skipGap();
    long uid = reader.readDecimal();
    reader.skipGap();
    long probes = reader.readDecimal();
    reader.skipGap();
    long inode = reader.readDecimal();
    if (state < 1 || state > STATES.length) {
      return null;
    }
    boolean unconnected = remote.getPort() == 0 && remote.getAddress().isAnyLocalAddress();
    return new ConnectionRow(
        new ConnectionKey(transport, ipVersion, local, unconnected ? null : remote, null),
        transport == Transport.TCP ? STATES[state - 1] : null,
        new SocketCounters(receiveQueue, sendQueue, timer, timerCentis, retransmits, probes),
        inode,
        uid,
        null,
        ownerLookup);
  }

  private ConnectionRow unixRow(ProcLineReader reader) {
    long number = reader.readHex(16);
    reader.skip(':');
    reader.skipGap();
    long referenceCount = reader.readHex(8);
    reader.skipGap();
    reader.readHex(8);
    reader.skipGap();
    long flags = reader.readHex(8);
    reader.skipGap();
    int type = (int) reader.readHex(4);
    reader.skipGap();
    int state = (int) reader.readHex(2);
    reader.skipGap();
    long inode = reader.readDecimal();
    String path = reader.readRest();
    return new ConnectionRow(
        new ConnectionKey(Transport.UNIX, 0, null, null, path),
        null,
        SocketCounters.NONE,
        inode,
        -1,
        new UnixSocket(number, referenceCount, flags, type, state),
        ownerLookup);
  }

  private byte[] read(Path file) {
    byte[] bytes = new byte[READ_BYTES];
    int size = 0;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int count = in.read(bytes);
      while (count >= 0) {
        size += count;
        if (bytes.length - size < READ_BYTES) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        count = in.read(bytes, size, READ_BYTES);
      }
    } catch (FileNotFoundException e) {
      // A kernel without IPv6 has no tables for it, and no such sockets.
      if (Files.exists(file) || !file.toString().endsWith("6")) {
        limitations.add("what is in " + file + ", which cannot be opened");
      }
    } catch (IOException e) {
      limitations.add("all that is in " + file + ", which cannot be read: " + e.getMessage());
    }
    return Arrays.copyOf(bytes, size);
  }
}
