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

/** Two engines that speak to one another in memory. */
public final class EnginePair {
  private static final int MOST_TURNS = 100;
  private static final int ROOM = 1 << 17;

  private final Map<Side, SSLEngine> engines = new EnumMap<>(Side.class);
  private final Map<Side, ByteArrayOutputStream> sent = new EnumMap<>(Side.class);
  private final Map<Side, ByteArrayOutputStream> heard = new EnumMap<>(Side.class);
  private final Map<Side, ByteBuffer> coming = new EnumMap<>(Side.class);

  private EnginePair(SSLEngine client, SSLEngine server) {
    engines.put(Side.CLIENT, client);
    engines.put(Side.SERVER, server);
    for (Side side : Side.values()) {
      sent.put(side, new ByteArrayOutputStream());
      heard.put(side, new ByteArrayOutputStream());
      coming.put(side, ByteBuffer.allocate(ROOM).flip());
    }
  }

  public static EnginePair of(SSLEngine client, SSLEngine server) {
    return new EnginePair(client, server);
  }

  /** The client connects to a host, which is the server's, whatever its name. */
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

  /** All records that a side has sent. */
  public Bytes sentBy(Side side) {
    return Bytes.of(sent.get(side).toByteArray());
  }

  /** The handshake, and one word each way, by which both know that the other has agreed. */
  public EnginePair shakeHands() throws SSLException {
    say(Side.CLIENT, "ping");
    say(Side.SERVER, "pong");
    return this;
  }

  /** Lets a side say something, and both do all that follows from it. */
  public void say(Side side, String text) throws SSLException {
    ByteBuffer words = ByteBuffer.wrap(text.getBytes(UTF_8));
    ByteBuffer nothing = ByteBuffer.allocate(0);
    boolean moved = true;
    for (int turn = 0; moved && turn < MOST_TURNS; turn++) {
      moved = false;
      for (Side each : Side.values()) {
        moved |= wrap(each, each == side ? words : nothing);
        moved |= unwrap(each.peer());
      }
    }
    if (words.hasRemaining()) {
      throw new SSLException("the handshake came to no end");
    }
  }

  /** All that a side was told since this was last asked. */
  public String heardBy(Side side) {
    String all = heard.get(side).toString(UTF_8);
    heard.get(side).reset();
    return all;
  }

  private boolean wrap(Side side, ByteBuffer words) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(ROOM);
    SSLEngine engine = engines.get(side);
    SSLEngineResult result;
    do {
      result = engine.wrap(words, out);
      runTasks(engine);
    } while (result.bytesProduced() > 0);
    out.flip();
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    sent.get(side).writeBytes(bytes);
    coming.get(side.peer()).compact().put(bytes).flip();
    return bytes.length > 0;
  }

  private boolean unwrap(Side side) throws SSLException {
    SSLEngine engine = engines.get(side);
    ByteBuffer in = coming.get(side);
    ByteBuffer plain = ByteBuffer.allocate(ROOM);
    int before = in.remaining();
    int left;
    do {
      left = in.remaining();
      engine.unwrap(in, plain);
      runTasks(engine);
    } while (in.remaining() < left
        || (in.hasRemaining() && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN));
    heard.get(side).write(plain.array(), 0, plain.position());
    return in.remaining() < before;
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
