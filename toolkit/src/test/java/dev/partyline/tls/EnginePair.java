package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines that are connected in memory. */
public final class EnginePair {
  private static final int MAX_ROUNDS = 100;
  private static final int BUFFER_BYTES = 1 << 17;

  private final Map<Side, SSLEngine> engines = new EnumMap<>(Side.class);
  private final Map<Side, ByteArrayOutputStream> sentRecords = new EnumMap<>(Side.class);
  private final Map<Side, ByteArrayOutputStream> received = new EnumMap<>(Side.class);
  private final Map<Side, ByteBuffer> inbound = new EnumMap<>(Side.class);

  private EnginePair(SSLEngine client, SSLEngine server) {
    engines.put(Side.CLIENT, client);
    engines.put(Side.SERVER, server);
    for (Side side : Side.values()) {
      sentRecords.put(side, new ByteArrayOutputStream());
      received.put(side, new ByteArrayOutputStream());
      inbound.put(side, ByteBuffer.allocate(BUFFER_BYTES).flip());
    }
  }

  public static EnginePair of(SSLEngine client, SSLEngine server) {
    return new EnginePair(client, server);
  }

  /** Returns a pair whose client connects to the server by this name. */
  public static EnginePair of(Tls client, String host, Tls server) {
    return of(
        client.engine(Side.CLIENT, host, 443), server.engine(Side.SERVER, "127.0.0.1", 50000));
  }

  public SSLEngine client() {
    return engines.get(Side.CLIENT);
  }

  public SSLEngine server() {
    return engines.get(Side.SERVER);
  }

  /** Returns all records that a side has sent. */
  public Bytes sentBy(Side side) {
    return Bytes.of(sentRecords.get(side).toByteArray());
  }

  /** Does the handshake, and sends one message each way, so that both sides know it is complete. */
  public EnginePair handshake() throws SSLException {
    send(Side.CLIENT, "ping");
    send(Side.SERVER, "pong");
    return this;
  }

  /** Sends a text from a side, and exchanges all records that follow from it. */
  public void send(Side side, String text) throws SSLException {
    ByteBuffer plaintext = ByteBuffer.wrap(text.getBytes(UTF_8));
    ByteBuffer empty = ByteBuffer.allocate(0);
    boolean progressed = true;
    for (int round = 0; progressed && round < MAX_ROUNDS; round++) {
      progressed = false;
      for (Side each : Side.values()) {
        progressed |= wrap(each, each == side ? plaintext : empty);
        progressed |= unwrap(each.peer());
      }
    }
    if (plaintext.hasRemaining()) {
      throw new SSLException("the handshake did not end");
    }
  }

  /** Returns what a side has received since the last call. */
  public String receivedBy(Side side) {
    String all = received.get(side).toString(UTF_8);
    received.get(side).reset();
    return all;
  }

  private boolean wrap(Side side, ByteBuffer plaintext) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
    SSLEngine engine = engines.get(side);
    SSLEngineResult result;
    do {
      result = engine.wrap(plaintext, out);
      runTasks(engine);
    } while (result.bytesProduced() > 0);
    out.flip();
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    sentRecords.get(side).writeBytes(bytes);
    inbound.get(side.peer()).compact().put(bytes).flip();
    return bytes.length > 0;
  }

  private boolean unwrap(Side side) throws SSLException {
    SSLEngine engine = engines.get(side);
    ByteBuffer in = inbound.get(side);
    ByteBuffer plaintext = ByteBuffer.allocate(BUFFER_BYTES);
    int initiallyRemaining = in.remaining();
    int remaining;
    do {
      remaining = in.remaining();
      engine.unwrap(in, plaintext);
      runTasks(engine);
    } while (in.remaining() < remaining
        || (in.hasRemaining() && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN));
    received.get(side).write(plaintext.array(), 0, plaintext.position());
    return in.remaining() < initiallyRemaining;
  }

  static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
