package dev.partyline.peers;

import static dev.partyline.peers.SecretTraffic.assertHidden;
import static dev.partyline.peers.SecretTraffic.secret;

import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What redis-cli and psql send to log in is in nothing that is shown of it. */
class DatabaseSecretsTest {
  private static final String ITSELF = "^$";

  private final String secret = secret();

  @Test
  void redis_cli_changes_passwords_and_logs_in() {
    List<String> commands =
        List.of(
            "ACL SETUSER me on >SECRET ~* +@all",
            "ACL SETUSER me <SECRET >SECRET",
            "AUTH me SECRET",
            "HELLO 3 AUTH me SECRET SETNAME x",
            "CONFIG SET masterauth SECRET",
            "CONFIG SET maxmemory 0 requirepass SECRET",
            "CONFIG GET requirepass",
            "CONFIG GET *auth",
            "AUTH SECRET",
            "SET key value",
            "MIGRATE 127.0.0.1 1 key 0 10 AUTH SECRET",
            "MIGRATE 127.0.0.1 1 \"\" 0 10 AUTH2 me SECRET KEYS key",
            "CONFIG SET requirepass \"\"");
    try (PortLease lease = Ports.reserve();
        Redis redis = lease.bind(Redis::new);
        Tap tap = Tap.to("127.0.0.1", redis.port()).start()) {
      String typed = String.join("\n", commands).replace("SECRET", secret) + "\n";
      Program.run(typed, "redis-cli", "-p", tap.port());
      assertHidden(tap, secret, ITSELF);
    }
  }

  @Test
  void redis_cli_logs_in_by_its_options() {
    try (PortLease lease = Ports.reserve();
        Redis redis = lease.bind(Redis::new);
        Tap tap = Tap.to("127.0.0.1", redis.port()).start()) {
      String port = String.valueOf(tap.port());
      Program.run("", "redis-cli", "-p", port, "ACL", "SETUSER", "me", "on", ">" + secret, "+@all");
      Program.run("", "redis-cli", "-p", port, "-a", secret, "PING");
      Program.run("", "redis-cli", "-3", "-p", port, "--user", "me", "--pass", secret, "PING");
      Program.run("", "redis-cli", "-u", "redis://me:" + secret + "@127.0.0.1:" + port, "PING");
      Program.run("AUTH me " + secret + "\r\nQUIT\r\n", "nc", "-N", "127.0.0.1", port);
      assertHidden(tap, secret, ITSELF);
    }
  }

  private void psql(String script, String sent) {
    String target =
        "host=127.0.0.1 port=PORT user=me dbname=me sslmode=disable gssencmode=disable"
            + " connect_timeout=30 client_encoding=UTF8 password="
            + secret;
    assertHidden(script, secret, sent, "psql", "-X", "-w", "-d", target, "-c", "SELECT 1");
  }

  private static final String STARTUP =
      "C| \\0\\0\\0${*:1 bytes}\\0\\x03\\0\\0user\\0me\\0database\\0me\\0application_name\\0psql\\0"
          + "client_encoding\\0UTF8\\0\\0\n";

  @Test
  void psql_sends_a_password() {
    psql(STARTUP + "S# 52 00000008 00000003\nC# 70 ${*:25 bytes}\nS! close\n", ITSELF);
  }

  @Test
  void psql_sends_an_md5_digest() {
    psql(
        STARTUP + "S# 52 0000000c 00000005 01020304\nC# 70 ${*:40 bytes}\nS! close\n",
        "p\0\0\0\\((md5[0-9a-f]{32})");
  }

  @Test
  void psql_proves_a_password_by_scram() {
    psql(
        STARTUP
            + "S| R\\0\\0\\0\\x17\\0\\0\\0\\nSCRAM-SHA-256\\0\\0\n"
            + "C| p${*:4 bytes}SCRAM-SHA-256\\0${*:4 bytes}n,,n=,r=${nonce:24 bytes}\n"
            + "S| R\\0\\0\\0\\x4c\\0\\0\\0\\x0br=${nonce}0123456789,s=c2FsdHNhbHRzYWx0c2FsdA==,i=4096\n"
            + "C| p${*:4 bytes}c=biws,r=${*:34 bytes},p=${*:44 bytes}\n"
            + "S! close\n",
        ",p=([A-Za-z0-9+/=]{44})");
  }
}
