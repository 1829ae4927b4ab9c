package dev.partyline.view.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes random messages that are odd but break no rule. */
final class Http1Generator {
  private static final String TOKEN = "abcXYZ019!#$&'*+-.^_`|~";
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "x-Odd", "REPORT");
  private static final List<String> BLANKS = List.of("", " ", "  ", "\t", " \t ");

  private final SplittableRandom random;
  private final boolean extended;

  /** Extended: with extensions of chunks and with trailers, which not every peer reads. */
  Http1Generator(long seed, boolean extended) {
    this.random = new SplittableRandom(seed);
    this.extended = extended;
  }

  int roll(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T pick(List<T> values) {
    return values.get(roll(values.size()));
  }

  byte[] request(int maxBodyBytes) {
    String method = pick(METHODS);
    String head = method + " /" + text("abc/?=&%41~.-_", roll(30)) + " HTTP/1.1\r\nhOst: a\r\n";
    boolean hasBody = !method.equals("GET") && !oneIn(4);
    // MockWebServer refuses a POST and its like without a length.
    return message(head, hasBody || List.of("POST", "PUT", "PATCH").contains(method), maxBodyBytes);
  }

  byte[] response(int maxBodyBytes) {
    int status = pick(List.of(200, 201, 302, 404, 500, 599, 299));
    return message(
        "HTTP/1.1 " + status + " " + text("aB \t!", roll(9)) + "\r\n", true, maxBodyBytes);
  }

  private byte[] message(String start, boolean hasBody, int maxBodyBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] body = new byte[hasBody ? roll(maxBodyBytes + 1) : 0];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) random.nextInt();
    }
    boolean chunked = hasBody && oneIn(2);
    StringBuilder head = new StringBuilder(start);
    headers(head, 8);
    if (chunked) {
      head.append(pick(List.of("Transfer-Encoding: chunked", "transfer-ENCODING:chunked\t")));
      head.append("\r\n");
    } else if (hasBody) {
      head.append("content-length:").append(pick(BLANKS)).append(body.length).append("\r\n");
    }
    headers(head, 3);
    write(out, head + "\r\n");
    if (chunked) {
      chunks(out, body);
    } else {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  private void headers(StringBuilder head, int maxCount) {
    for (int i = roll(maxCount + 1); i > 0; i--) {
      String value = oneIn(5) ? "" : text("aB,;:=\"\\ ()\t/\u00c3\u00a9", roll(40)).strip();
      head.append("x").append(text(TOKEN, roll(12)));
      head.append(':').append(pick(BLANKS)).append(value);
      head.append(pick(BLANKS)).append("\r\n");
    }
  }

  private void chunks(ByteArrayOutputStream out, byte[] body) {
    int offset = 0;
    while (offset < body.length) {
      int size = Math.min(body.length - offset, 1 + roll(oneIn(3) ? 5 : 1 + body.length));
      String digits = Integer.toHexString(size);
      write(out, (oneIn(9) ? "000" : "") + (oneIn(2) ? digits.toUpperCase(Locale.ROOT) : digits));
      write(out, (extended && oneIn(4) ? ";a=b;c=\"d e\"" : "") + "\r\n");
      out.write(body, offset, size);
      write(out, "\r\n");
      offset += size;
    }
    write(out, "0\r\n");
    if (extended && oneIn(3)) {
      write(out, "X-Sum: " + text("abc", 5) + "\r\n");
    }
    write(out, "\r\n");
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(ISO_8859_1));
  }

  private String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      char c = alphabet.charAt(roll(alphabet.length()));
      // A character of two bytes, and an escape, are not split.
      text.append(c == '\u00c3' || c == '\u00a9' ? "\u00c3\u00a9" : c == '%' ? "%41" : c);
    }
    return text.toString();
  }
}
