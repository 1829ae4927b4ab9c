package dev.partyline.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * TCP connections of one seed, as a bad capture has them: out of order, retransmitted with other
 * boundaries, captured twice, near the wrap of sequence numbers; and what was sent.
 *
 * <p>If nothing is lost, nothing is acknowledged before the end: what is captured after it was
 * acknowledged counts as lost.
 */
final class RandomTraffic {
  private static final int MAX_BYTES = 3_000;
  private static final int MAX_SEGMENT_BYTES = 700;
  private static final int MAX_DELAY = 5;

  private final SplittableRandom random;
  private final Packets packets;
  private final double loss;
  private final List<byte[]> captured = new ArrayList<>();
  private final List<byte[]> sent = new ArrayList<>();

  private RandomTraffic(long seed, Packets packets, double loss) {
    this.random = new SplittableRandom(seed);
    this.packets = packets;
    this.loss = loss;
  }

  /** Makes the traffic; so many of its segments are lost, from 0 to 1. */
  static RandomTraffic of(long seed, Packets packets, double loss) {
    return of(seed, packets, loss, true);
  }

  /** Makes the traffic; a second connection may have the ports of the first. */
  static RandomTraffic of(long seed, Packets packets, double loss, boolean reusesPorts) {
    RandomTraffic result = new RandomTraffic(seed, packets, loss);
    List<List<byte[]>> connections = new ArrayList<>();
    int count = result.random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      connections.add(result.connection(40_000 + (i == 1 && reusesPorts ? 0 : i)));
    }
    if (count > 1 && reusesPorts) {
      connections.get(0).addAll(connections.remove(1));
    }
    result.merge(connections);
    return result;
  }

  List<byte[]> packets() {
    return captured;
  }

  /** Returns what was sent: of the client, then of the server, of each connection in turn. */
  List<byte[]> sent() {
    return sent;
  }

  private void merge(List<List<byte[]>> connections) {
    List<List<byte[]>> rest = new ArrayList<>(connections);
    rest.removeIf(List::isEmpty);
    while (!rest.isEmpty()) {
      List<byte[]> next = rest.get(random.nextInt(rest.size()));
      captured.add(next.remove(0));
      rest.removeIf(List::isEmpty);
    }
  }

  private List<byte[]> connection(int port) {
    int clientStart = number();
    int serverStart = number();
    byte[] fromClient = bytes();
    byte[] fromServer = bytes();
    sent.add(fromClient);
    sent.add(fromServer);
    List<byte[]> result = new ArrayList<>();
    result.add(packets.tcp(port, 80, clientStart - 1, 0, Packets.SYN));
    result.add(packets.tcp(80, port, serverStart - 1, clientStart, Packets.SYN | Packets.ACK));
    result.add(packets.tcp(port, 80, clientStart, serverStart, Packets.ACK));
    List<byte[]> data = new ArrayList<>();
    int clientSent = 0;
    int serverSent = 0;
    while (clientSent < fromClient.length || serverSent < fromServer.length) {
      boolean isClient = serverSent == fromServer.length;
      isClient |= clientSent < fromClient.length && random.nextBoolean();
      byte[] all = isClient ? fromClient : fromServer;
      int position = isClient ? clientSent : serverSent;
      // A retransmission begins earlier, and may have more than the first time.
      int start = random.nextInt(5) == 0 ? random.nextInt(position + 1) : position;
      int end = Math.min(all.length, start + random.nextInt(1, MAX_SEGMENT_BYTES));
      byte[] part = Arrays.copyOfRange(all, start, end);
      int clientAck = serverStart + (loss == 0 ? 0 : serverSent);
      int serverAck = clientStart + (loss == 0 ? 0 : clientSent);
      data.add(
          isClient
              ? packets.tcp(port, 80, clientStart + start, clientAck, Packets.ACK, part)
              : packets.tcp(80, port, serverStart + start, serverAck, Packets.ACK, part));
      clientSent = isClient ? Math.max(clientSent, end) : clientSent;
      serverSent = isClient ? serverSent : Math.max(serverSent, end);
    }
    result.addAll(disturbed(data));
    int clientEnd = clientStart + fromClient.length;
    int serverEnd = serverStart + fromServer.length;
    int finAck = Packets.FIN | Packets.ACK;
    result.add(packets.tcp(port, 80, clientEnd, serverEnd, finAck));
    result.add(packets.tcp(80, port, serverEnd, clientEnd + 1, finAck));
    result.add(packets.tcp(port, 80, clientEnd + 1, serverEnd + 1, Packets.ACK));
    return result;
  }

  private int number() {
    return random.nextBoolean() ? -random.nextInt(1, 2_000) : random.nextInt();
  }

  private byte[] bytes() {
    byte[] result = new byte[random.nextInt(MAX_BYTES)];
    random.nextBytes(result);
    return result;
  }

  private List<byte[]> disturbed(List<byte[]> data) {
    List<byte[]> result = new ArrayList<>();
    for (byte[] packet : data) {
      boolean isLost = random.nextDouble() < loss;
      int copies = isLost ? 0 : random.nextInt(6) == 0 ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        int delay = random.nextInt(4) == 0 ? random.nextInt(MAX_DELAY) : 0;
        result.add(Math.max(0, result.size() - delay), packet);
      }
    }
    return result;
  }
}
