package dev.partyline.samples.taps;

import static java.time.Duration.ofSeconds;

import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A report that a server has, and a client that asks for it by HTTP. */
final class Report {
  static final String SERVER =
      """
      every connection
        C: GET /report HTTP/1.1
        C: ...
        C:
        S: HTTP/1.1 200 OK
        S: Content-Length: ${body-length}
        S:
        S| all that there is to report
      """;

  private Report() {}

  static String ask(Tap tap) throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + tap.port() + "/report");
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ofSeconds(1)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
