package dev.partyline.internal.net;

import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel without a socket: a test says what it reads and takes, and sees what is done to it. */
public final class FakeStreamChannel implements StreamChannel {
  private final Consumer<String> log;
  private final Queue<ByteBuffer> incoming = new ArrayDeque<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private Bytes written = Bytes.EMPTY;
  private String readEnd = "";
  private String writeError = "";
  private int room = Integer.MAX_VALUE;
  private int interestOps;
  private boolean open = true;
  private boolean outputShut;

  public FakeStreamChannel(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public SocketAddress localAddress() {
    return new InetSocketAddress("127.0.0.1", 1);
  }

  @Override
  public SocketAddress remoteAddress() {
    return new InetSocketAddress("127.0.0.1", 2);
  }

  @Override
  public void addSocket(List<NetworkChannel> sockets) {}

  /** Lets the next reads find bytes. */
  public void receive(Bytes bytes) {
    if (!bytes.isEmpty()) {
      incoming.add(bytes.toBuffer());
    }
  }

  /** Lets reads find an end after the bytes: {@code FIN}, or the message of an error. */
  public void endInput(String end) {
    readEnd = end;
  }

  /** Lets writes take so many more bytes. */
  public void setRoom(int bytes) {
    room = bytes;
  }

  /** Lets writes fail with the message of an error. */
  public void failWrites(String message) {
    writeError = message;
  }

  /** Returns what was written since the last call. */
  public Bytes takeWritten() {
    Bytes result = written;
    written = Bytes.EMPTY;
    return result;
  }

  public boolean isOutputShut() {
    return outputShut;
  }

  public int interestOps() {
    return interestOps;
  }

  /** Runs the tasks that wait, as the loop would; returns whether there were any. */
  public boolean runTasks() {
    Runnable task = nextTask();
    boolean any = task != null;
    while (task != null) {
      task.run();
      task = nextTask();
    }
    return any;
  }

  private synchronized @Nullable Runnable nextTask() {
    return tasks.poll();
  }

  @Override
  public void register(EventHandler endpoint) {
    log.accept("register");
  }

  @Override
  public int read(ByteBuffer in) throws IOException {
    ByteBuffer next = incoming.peek();
    if (next == null && !readEnd.isEmpty() && !readEnd.equals("FIN")) {
      throw new SocketException(readEnd);
    }
    if (next == null) {
      return readEnd.isEmpty() ? 0 : -1;
    }
    int count = Math.min(in.remaining(), next.remaining());
    in.put(next.slice(next.position(), count));
    next.position(next.position() + count);
    if (!next.hasRemaining()) {
      incoming.remove();
    }
    return count;
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    if (!writeError.isEmpty()) {
      throw new SocketException(writeError);
    }
    int count = Math.min(room, out.remaining());
    Bytes bytes = Bytes.copyOf(out).slice(0, count);
    out.position(out.position() + count);
    room -= room == Integer.MAX_VALUE ? 0 : count;
    written = written.plus(bytes);
    if (count > 0) {
      log.accept("write " + bytes.escaped());
    }
    return count;
  }

  @Override
  public boolean sendAck() {
    return false;
  }

  @Override
  public void shutdownOutput() throws IOException {
    if (!writeError.isEmpty()) {
      throw new SocketException(writeError);
    }
    outputShut = true;
    log.accept("FIN");
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void setInterestOps(int ops) {
    interestOps = ops;
  }

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
    notifyAll();
  }

  /** Waits until a task is there, which another thread adds. */
  public synchronized void awaitTask() throws InterruptedException {
    while (tasks.isEmpty()) {
      wait(10_000);
    }
  }

  @Override
  public void resetOnClose() {
    log.accept("reset on close");
  }

  @Override
  public boolean limitSendBuffer() {
    log.accept("limit send buffer");
    return true;
  }

  @Override
  public void close() {
    open = false;
    log.accept("close");
  }
}
