package dev.partyline.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a page has in it, as a strict browser would: the data may not have a character that
 * means anything to HTML.
 */
final class PageReader {
  private static final String START = "<script type=\"application/json\" id=\"data\">";
  private static final String END = "</script>";

  /** Printable ASCII without what begins or ends markup, a reference or a value. */
  static final Pattern HARMLESS = Pattern.compile("[\\x20-\\x7e&&[^<>&'`]]*");

  private final String html;
  private final int start;
  private final int end;
  private final Map<String, Object> data;

  PageReader(String html) {
    this.html = html;
    this.start = html.indexOf(START) + START.length();
    this.end = html.indexOf(END, start);
    String json = html.substring(start, end);
    assertThat(HARMLESS.matcher(json).matches()).as("the data is harmless").isTrue();
    this.data = Json.object(Json.parse(json));
  }

  static PageReader of(TestReport report) {
    return new PageReader(
        ReportPage.html(new PageData(report, java.nio.file.Path.of("target"), "page")));
  }

  /** Returns all of the page but the data: it must not depend on the data. */
  String shell() {
    assertThat(US_ASCII.newEncoder().canEncode(html.substring(start, end))).isTrue();
    return html.substring(0, start) + html.substring(end);
  }

  String policy() {
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
    assertThat(policy.find()).isTrue();
    return policy.group(1);
  }

  Map<String, Object> data() {
    return data;
  }

  String text(String name) {
    return (String) data.get(name);
  }

  List<Object> list(String name) {
    return Json.array(data.get(name));
  }

  Map<String, Object> section(int index) {
    return Json.object(list("sections").get(index));
  }

  /** Returns the events as lines, such as {@code 1000 0 client sent 4: PING}. */
  List<String> events() {
    Map<String, Object> events = Json.object(data.get("events"));
    List<Object> delays = Json.array(events.get("delays"));
    List<Object> owners = Json.array(events.get("connections"));
    List<Object> codes = Json.array(events.get("codes"));
    List<Object> sizes = Json.array(events.get("sizes"));
    Map<String, Object> texts = Json.object(events.get("texts"));
    String bytes = bytes();
    List<String> lines = new ArrayList<>();
    long micros = 0;
    int offset = 0;
    String[] kinds = {
      "opened", "sent", "fin", "rst", "tls", "note", "dropped", "mark", "wait", "end"
    };
    for (int i = 0; i < delays.size(); i++) {
      micros += ((Double) delays.get(i)).longValue();
      int code = ((Double) codes.get(i)).intValue();
      int size = ((Double) sizes.get(i)).intValue();
      String line = micros + " " + ((Double) owners.get(i)).intValue() + " ";
      line += (code % 2 == 0 ? "client " : "server ") + kinds[code / 2];
      if (kinds[code / 2].equals("sent")) {
        line += " " + size + ": " + bytes.substring(offset, offset + size);
        offset += size;
      } else if (size > 0) {
        line += " " + size;
      }
      lines.add(line + (texts.containsKey("" + i) ? ": " + texts.get("" + i) : ""));
    }
    return lines;
  }

  /** Returns the bytes that lie in the page, one character each. */
  String bytes() {
    StringBuilder result = new StringBuilder();
    Json.object(Json.object(data.get("blocks")).get("inline"))
        .values()
        .forEach(
            block ->
                result.append(new String(Base64.getDecoder().decode((String) block), ISO_8859_1)));
    return result.toString();
  }
}
