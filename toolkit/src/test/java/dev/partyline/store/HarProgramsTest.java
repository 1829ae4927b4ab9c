package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Tap;
import dev.partyline.peers.Program;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python reads the file of what curl asked of a server of Python. */
class HarProgramsTest {
  private static final String READER =
      """
      import base64, datetime, json, sys
      log = json.load(open(sys.argv[1], encoding='utf-8'))['log']
      for e in log['entries']:
          q, r, t = e['request'], e['response'], e['timings']
          datetime.datetime.strptime(e['startedDateTime'], '%Y-%m-%dT%H:%M:%S.%fZ')
          assert abs(e['time'] - t['send'] - t['wait'] - t['receive']) < 0.001, e
          c = r['content']
          body = c.get('text', '').encode('utf-8')
          if c.get('encoding') == 'base64':
              body = base64.b64decode(body)
          assert len(body) == c['size'] == r['bodySize'], e
          ask = q.get('postData', {}).get('params', [])
          print(q['method'], q['url'], r['status'], len(body), c.get('encoding'), ask)
      """;

  @TempDir private Path folder;

  @Test
  void pythonReadsWhatCurlAsked() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("tea.txt"), "gr\u00fcner Tee\n");
    Files.write(folder.resolve("tea.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
    try (PortLease lease = Ports.reserve()) {
      Process server =
          Program.start(
              "python3",
              "-u",
              "-m",
              "http.server",
              lease.port(),
              "--bind",
              lease.host(),
              "--directory",
              folder);
      try {
        assertThat(server.inputReader().readLine()).startsWith("Serving HTTP");
        assertRead(lease.port());
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private void assertRead(int port) throws IOException {
    try (Tap tap = Tap.to(port).start()) {
      String root = "http://" + tap.host() + ":" + tap.port();
      Program.run("", "curl", "-s", root + "/tea.txt?kind=green", root + "/tea.png");
      Program.run("", "curl", "-s", "-d", "kind=green&n=a%26b", root + "/order");
      tap.recording().awaitClosed(Duration.ofSeconds(5));
      Path file = folder.resolve("tea.har");
      Har.write(tap.recording(), file);

      HarFile.read(file);
      assertThat(Program.run("", "python3", "-c", READER, file).lines())
          .map(line -> line.replaceFirst(" 501 \\d+ ", " 501 "))
          .containsExactly(
              "GET " + root + "/tea.txt?kind=green 200 12 None []",
              "GET " + root + "/tea.png 200 5 base64 []",
              "POST "
                  + root
                  + "/order 501 None [{'name': 'kind', 'value': 'green'},"
                  + " {'name': 'n', 'value': 'a&b'}]");
    }
  }
}
