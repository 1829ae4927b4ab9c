package dev.partyline.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A relay that only reads, writes to a file if it is given a directory, and forwards, in blocking
 * calls with one large buffer for each direction, limited like those of taps.
 */
final class BareRelayJvm {
  private static final int BUFFER_BYTES = 1 << 19;

  /** Without a limit the kernel would let them grow out of the cache. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 21;

  private final int target;
  private final @Nullable Path directory;
  private final AtomicLong forwardedBytes = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> problems = new ConcurrentLinkedQueue<>();
  private @Nullable ServerSocketChannel server;

  /** The sockets of one measurement. */
  private ExecutorService threads = Executors.newCachedThreadPool();

  private BareRelayJvm(int target, @Nullable Path directory) {
    this.target = target;
    this.directory = directory;
  }

  /** Starts the JVM; with a directory everything is written to a file there. */
  static Child start(int target, String... directory) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(target)));
    arguments.addAll(List.of(directory));
    return Child.start(BareRelayJvm.class, arguments.toArray(new String[0]));
  }

  public static void main(String[] arguments) {
    Path directory = arguments.length > 1 ? Path.of(arguments[1]) : null;
    BareRelayJvm jvm = new BareRelayJvm(Integer.parseInt(arguments[0]), directory);
    Child.serve(
        command ->
            switch (command[0]) {
              case "open" -> new double[] {jvm.open()};
              case "count" -> new double[] {jvm.count()};
              default -> new double[] {jvm.close()};
            });
  }

  private int open() throws IOException {
    forwardedBytes.set(0);
    problems.clear();
    ServerSocketChannel listening = ServerSocketChannel.open();
    // Accepted sockets inherit it.
    listening
        .setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        .bind(EndpointsJvm.loopback(0));
    server = listening;
    ExecutorService executor = Executors.newCachedThreadPool();
    threads = executor;
    executor.execute(() -> accept(listening, executor));
    return listening.socket().getLocalPort();
  }

  private double count() throws IOException {
    Throwable problem = problems.poll();
    if (problem != null) {
      throw new IOException("the bare relay failed", problem);
    }
    return forwardedBytes.get();
  }

  /** Waits until nothing of the measurement is left; returns whether that took too long. */
  private int close() throws IOException, InterruptedException {
    if (server != null) {
      server.close();
    }
    threads.shutdown();
    return threads.awaitTermination(30, TimeUnit.SECONDS) ? 0 : 1;
  }

  private void accept(ServerSocketChannel listening, ExecutorService executor) {
    try {
      while (true) {
        SocketChannel client = listening.accept();
        executor.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed: the measurement is over.
    }
  }

  private void serve(SocketChannel accepted) {
    try (SocketChannel client = accepted;
        SocketChannel server = SocketChannel.open()) {
      server
          .setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
          .connect(EndpointsJvm.loopback(target));
      Thread reverse = new Thread(() -> forward(server, client));
      reverse.start();
      forward(client, server);
      reverse.join();
    } catch (IOException | InterruptedException e) {
      problems.add(e);
    }
  }

  private void forward(SocketChannel source, SocketChannel destination) {
    try {
      copy(source, destination);
      destination.shutdownOutput();
    } catch (IOException e) {
      problems.add(e);
    }
  }

  private void copy(SocketChannel source, SocketChannel destination) throws IOException {
    try (FileChannel file = file()) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      while (source.read(buffer.clear()) >= 0) {
        forwardedBytes.addAndGet(buffer.flip().remaining());
        if (file != null) {
          file.write(buffer);
        }
        for (buffer.rewind(); buffer.hasRemaining(); ) {
          destination.write(buffer);
        }
      }
    }
  }

  private @Nullable FileChannel file() throws IOException {
    if (directory == null) {
      return null;
    }
    Path path = Files.createTempFile(directory, "partyline-bench", ".relay");
    return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
  }
}
