package dev.partyline.watch;

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
  /** What read(2) is given without an allocation of its own inside the JDK. */
  private static final int PIECE = 8192;

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
  private final List<String> gaps = Collections.synchronizedList(new ArrayList<>());
  private final OwnerLookup owners;
  private int badLines;

  ProcNet(Path proc) {
    owners = new ProcOwners(proc, rows.inodes());
  }

  static boolean isAvailable(Path proc) {
    return Files.isReadable(proc.resolve("self/net/tcp"));
  }

  static ConnectionTable snapshot(Path proc) {
    ProcNet tables = new ProcNet(proc);
    Path net = proc.resolve("self/net");
    // For each of both the kernel walks through its whole table of connections, which is what all
    // this takes; two processors do it in half the time.
    FutureTask<byte[]> tcp = new FutureTask<>(() -> tables.read(net.resolve("tcp")));
    ForkJoinPool.commonPool().execute(tcp);
    byte[] tcp6 = tables.read(net.resolve("tcp6"));
    tables.inet(Transport.TCP, 4, result(tcp));
    tables.inet(Transport.TCP, 6, tcp6);
    tables.inet(Transport.UDP, 4, tables.read(net.resolve("udp")));
    tables.inet(Transport.UDP, 6, tables.read(net.resolve("udp6")));
    tables.unix(tables.read(net.resolve("unix")));
    return tables.table();
  }

  /** Returns what a task gives, which is done here if no thread of the pool has come to it. */
  private static byte[] result(FutureTask<byte[]> task) {
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // Reading is a matter of milliseconds.
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
    if (badLines > 0) {
      gaps.add(
          "what "
              + (badLines == 1
                  ? "1 line of /proc/self/net says"
                  : badLines + " lines of /proc/self/net say"));
    }
    return new ConnectionTable(rows.list(), gaps);
  }

  /** Adds what a table of TCP or UDP says; its first line is the head. */
  void inet(Transport transport, int version, byte[] table) {
    ProcLineReader text = new ProcLineReader(table);
    text.nextLine();
    while (text.nextLine()) {
      ConnectionRow row = inetRow(transport, version, text);
      add(text.isBad() ? null : row);
    }
  }

  /** Adds what the table of Unix domain sockets says; its first line is the head. */
  void unix(byte[] table) {
    ProcLineReader text = new ProcLineReader(table);
    text.nextLine();
    while (text.nextLine()) {
      ConnectionRow row = unixRow(text);
      add(text.isBad() ? null : row);
    }
  }

  private void add(@Nullable ConnectionRow row) {
    if (row == null) {
      badLines++;
    } else {
      rows.add(row);
    }
  }

  private @Nullable ConnectionRow inetRow(Transport transport, int version, ProcLineReader text) {
    text.spaces();
    text.decimal();
    text.skip(':');
    text.gap();
    var local = text.address(version == 4 ? 1 : 4);
    text.gap();
    var remote = text.address(version == 4 ? 1 : 4);
    text.gap();
    int state = (int) text.hex(2);
    text.gap();
    long sendQueue = text.hex(8);
    text.skip(':');
    long receiveQueue = text.hex(8);
    text.gap();
    int timer = (int) text.hex(2);
    text.skip(':');
    long centis = text.hex(8);
    text.gap();
    long retransmits = text.hex(8);
    text.gap();
    long uid = text.decimal();
    text.gap();
    long probes = text.decimal();
    text.gap();
    long inode = text.decimal();
    if (state < 1 || state > STATES.length) {
      return null;
    }
    boolean nobody = remote.getPort() == 0 && remote.getAddress().isAnyLocalAddress();
    return new ConnectionRow(
        new ConnectionKey(transport, version, local, nobody ? null : remote, null),
        transport == Transport.TCP ? STATES[state - 1] : null,
        new SocketCounters(receiveQueue, sendQueue, timer, centis, retransmits, probes),
        inode,
        uid,
        null,
        owners);
  }

  private ConnectionRow unixRow(ProcLineReader text) {
    long number = text.hex(16);
    text.skip(':');
    text.gap();
    long references = text.hex(8);
    text.gap();
    text.hex(8);
    text.gap();
    long flags = text.hex(8);
    text.gap();
    int type = (int) text.hex(4);
    text.gap();
    int state = (int) text.hex(2);
    text.gap();
    long inode = text.decimal();
    String path = text.rest();
    return new ConnectionRow(
        new ConnectionKey(Transport.UNIX, 0, null, null, path),
        null,
        SocketCounters.NONE,
        inode,
        -1,
        new UnixSocket(number, references, flags, type, state),
        owners);
  }

  private byte[] read(Path file) {
    byte[] bytes = new byte[PIECE];
    int size = 0;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int read = in.read(bytes);
      while (read >= 0) {
        size += read;
        if (bytes.length - size < PIECE) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        read = in.read(bytes, size, PIECE);
      }
    } catch (FileNotFoundException e) {
      // A kernel without IPv6 has no tables of it: then there are no such sockets.
      if (Files.exists(file) || !file.toString().endsWith("6")) {
        gaps.add("what is in " + file + ", which cannot be opened");
      }
    } catch (IOException e) {
      gaps.add("all that is in " + file + ", which cannot be read: " + e.getMessage());
    }
    return Arrays.copyOf(bytes, size);
  }
}
