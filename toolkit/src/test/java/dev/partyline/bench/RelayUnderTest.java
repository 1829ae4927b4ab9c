package dev.partyline.bench;

import java.io.File;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A way from the client to the server, which is compared with others. */
interface RelayUnderTest extends AutoCloseable {
  String name();

  /** Returns the port to connect to for the next measurement. */
  int open() throws IOException;

  /**
   * Ends a measurement, so that it does not affect the next one; throws if its bytes did not pass.
   */
  default void endMeasurement(long bytes) throws IOException {}

  /** Returns the processes that it consists of. */
  List<Long> pids();

  /** Lets it run on the first processor only. */
  default void pin() throws IOException {
    for (long pid : pids()) {
      Processor.pin(pid);
    }
  }

  /** Returns how long it has used a processor, in nanoseconds. */
  default long processorNanos() throws IOException {
    long total = 0;
    for (long pid : pids()) {
      total += Processor.nanos(pid);
    }
    return total;
  }

  @Override
  void close();

  static RelayUnderTest direct(int target) {
    return new FixedPortRelay("direct", target, List.of());
  }

  /** Returns a tap, or a bare relay, in its own JVM; each measurement gets a new one. */
  static RelayUnderTest inJvm(String name, Child jvm) {
    return new RelayUnderTest() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int open() throws IOException {
        return (int) jvm.ask("open")[0];
      }

      @Override
      public List<Long> pids() {
        return List.of(jvm.pid());
      }

      @Override
      public void endMeasurement(long bytes) throws IOException {
        long passed = (long) jvm.ask("count")[0];
        if (jvm.ask("close")[0] > 0) {
          throw new IOException(name + " still holds something of a measurement that is over");
        }
        if (passed < bytes) {
          throw new IOException(name + " passed " + passed + " bytes of " + bytes);
        }
      }

      @Override
      public void close() {
        jvm.close();
      }
    };
  }

  /** Adds the proxies that people use without a tap, if they are installed. */
  static void addInstalled(List<RelayUnderTest> relays, int target) throws IOException {
    if (isInstalled("haproxy")) {
      relays.add(haproxy(target, 0));
      relays.add(haproxy(target, 1));
    }
    if (isInstalled("socat")) {
      relays.add(socat(target));
    }
  }

  /** Returns haproxy in TCP mode, on a number of threads, 0 for its own choice. */
  private static RelayUnderTest haproxy(int target, int threads) throws IOException {
    int port = EndpointsJvm.freePort();
    Path config = Files.createTempFile("partyline-bench", ".cfg");
    config.toFile().deleteOnExit();
    Files.writeString(
        config,
        """
        global
          maxconn 4000
        %sdefaults
          mode tcp
          timeout connect 5s
          timeout client 1m
          timeout server 1m
        listen relay
          bind 127.0.0.1:%d
          server target 127.0.0.1:%d
        """
            .formatted(threads == 0 ? "" : "  nbthread " + threads + "\n", port, target));
    String name = "haproxy" + (threads == 0 ? "" : ", nbthread " + threads);
    return start(name, port, "haproxy", "-db", "-f", config.toString());
  }

  private static RelayUnderTest socat(int target) throws IOException {
    int port = EndpointsJvm.freePort();
    String listen = "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr,nodelay,backlog=4096";
    String connect = "TCP:127.0.0.1:" + target + ",nodelay";
    return start("socat", port, "socat", listen, connect);
  }

  /** Returns whether a program can be started by its name; prints if it cannot. */
  static boolean isInstalled(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    System.out.println(program + ": not installed");
    return false;
  }

  private static RelayUnderTest start(String name, int port, String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    for (int tries = 0; tries < 500 && process.isAlive(); tries++) {
      try {
        SocketChannel.open(EndpointsJvm.loopback(port)).close();
        return new FixedPortRelay(name, port, List.of(process));
      } catch (IOException e) {
        sleep();
      }
    }
    Child.terminate(process);
    throw new IOException(name + " does not listen");
  }

  private static void sleep() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A relay whose port stays the same. */
  record FixedPortRelay(String name, int open, List<Process> processes) implements RelayUnderTest {
    @Override
    public List<Long> pids() {
      return processes.stream().map(Process::pid).toList();
    }

    @Override
    public void close() {
      processes.forEach(Child::terminate);
    }
  }
}
