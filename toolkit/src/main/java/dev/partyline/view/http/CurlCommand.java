package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;

/** Builds the curl command that sends a request again. */
final class CurlCommand {
  /** The headers that curl adds by itself. */
  private static final List<String> DEFAULT_HEADERS =
      List.of("Host", "User-Agent", "Accept", "Content-Type", "Content-Length", "Expect");

  /** A longer command is not readable, and no shell accepts a longer argument. */
  private static final int MAX_BODY_BYTES = 100_000;

  private final Http1Request request;
  private final List<String> words = new ArrayList<>(List.of("curl"));
  private final StringBuilder remarks = new StringBuilder();
  private String stdinCommand = "";

  CurlCommand(Http1Request request) {
    this.request = request;
  }

  String build() {
    request
        .flaws()
        .forEach(flaw -> addRemark("curl sends this differently, or not at all: " + flaw));
    if (request.version().isEmpty() || request.method().equals("CONNECT")) {
      addRemark("curl cannot send this request");
      return remarks.toString();
    }
    addTls();
    addMethod();
    request.headers().forEach(this::addHeader);
    suppressDefaults();
    addBody();
    addUrl();
    return remarks + stdinCommand + String.join(" ", words) + "\n";
  }

  private boolean hasBody() {
    return request.body().size() > 0;
  }

  private boolean isTls() {
    return !request.conversation().tlsSessions().isEmpty();
  }

  private void addTls() {
    if (isTls()) {
      addRemark("it was sent under TLS; the certificate of the server is not checked (-k)");
      words.add("-k");
      if (!request.version().equals("HTTP/1.0")) {
        words.add("--http1.1");
      }
    }
  }

  private void addMethod() {
    if (request.version().equals("HTTP/1.0")) {
      words.add("--http1.0");
    }
    if (request.method().equals("HEAD") && !hasBody()) {
      words.add("--head");
    } else if (!request.method().equals(hasBody() ? "POST" : "GET")) {
      words.add("-X " + ShellQuoting.quoted(Bytes.utf8(request.method())));
    }
  }

  private void addHeader(Http1Header header) {
    Bytes name = header.name().bytes();
    Bytes value = Bytes.utf8(header.text());
    if (!header.isFolded()) {
      value = header.value().bytes();
    }
    // Without a value curl would remove the header.
    Bytes line = name.plus(Bytes.utf8(value.isEmpty() ? ";" : ": ")).plus(value);
    words.add("-H " + ShellQuoting.quoted(line));
  }

  private void suppressDefaults() {
    for (String name : DEFAULT_HEADERS) {
      boolean ofBody = List.of("Content-Type", "Content-Length", "Expect").contains(name);
      if (request.header(name).isEmpty() && (hasBody() || !ofBody)) {
        words.add("-H " + name + ":");
      }
    }
  }

  private void addBody() {
    if (!request.trailers().isEmpty()) {
      addRemark("curl sends no trailers");
    }
    if (!hasBody()) {
      return;
    }
    if (request.body().size() > MAX_BODY_BYTES) {
      addRemark("its body of " + request.body().size() + " bytes is to be in the file body.bin");
      words.add("--data-binary @body.bin");
      return;
    }
    Bytes body = request.body().bytes();
    boolean isArgument = body.indexOf(Bytes.of((byte) 0), 0) < 0 && body.byteAt(0) != '@';
    stdinCommand = isArgument ? "" : "printf -- " + ShellQuoting.printf(body) + " | ";
    words.add("--data-binary " + (isArgument ? ShellQuoting.quoted(body) : "@-"));
  }

  private void addUrl() {
    String server = request.conversation().address(Side.SERVER);
    boolean unix = request.conversation().transport() == Transport.UNIX;
    if (unix) {
      words.add("--unix-socket " + ShellQuoting.quoted(Bytes.utf8(server)));
    }
    String root = (isTls() ? "https://" : "http://") + (unix ? "localhost" : server);
    Bytes target = request.target().bytes();
    boolean plain = !target.isEmpty() && target.byteAt(0) == '/';
    for (int i = 0; i < target.size(); i++) {
      plain &= Ascii.isUri(target.byteAt(i) & 0xff);
    }
    if (plain) {
      words.add("--path-as-is");
      words.add("-g");
      words.add(ShellQuoting.quoted(Bytes.utf8(root).plus(target)));
    } else {
      words.add("--request-target " + ShellQuoting.quoted(target));
      words.add(ShellQuoting.quoted(Bytes.utf8(root)));
    }
  }

  private void addRemark(String remark) {
    remarks.append("# ").append(remark).append('\n');
  }
}
