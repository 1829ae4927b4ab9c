package dev.partyline.samples.replay;

import static java.time.Duration.ofSeconds;

import dev.partyline.peers.Program;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;

/** A real Redis with a password, and with twelve packets of tea. */
record RedisServer(PortLease lease, Process process) implements AutoCloseable {
  static RedisServer start() {
    PortLease lease = Ports.reserve();
    int port = lease.port();
    Process process =
        Program.start(
            "redis-server",
            "--port",
            port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--requirepass",
            "just a test");
    Ports.awaitListening(port, ofSeconds(30));
    Program.run("", "redis-cli", "-p", port, "-a", "just a test", "SET", "tea", "12");
    return new RedisServer(lease, process);
  }

  @Override
  public void close() {
    process.destroy();
    lease.close();
  }
}
