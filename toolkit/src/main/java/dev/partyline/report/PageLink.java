package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.json.JsonWriter;
import java.nio.file.Path;

/** A link to a file, which is never a script: it begins with a dot or with {@code file:}. */
final class PageLink {
  /** What the path of a URI has as it is beside letters and digits (RFC 3986, 3.3). */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  private PageLink() {}

  static void write(JsonWriter json, String text, Path folder, Path file) {
    json.beginObject().member("text", text).member("href", href(folder, file)).endObject();
  }

  static String href(Path folder, Path file) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = file.toAbsolutePath().normalize();
    if (!from.getRoot().equals(to.getRoot())) {
      return to.toUri().toASCIIString();
    }
    String separator = from.getFileSystem().getSeparator();
    return "./" + encode(from.relativize(to).toString().replace(separator, "/"));
  }

  /** A URI would compose the letters and accents of a name, and then not be that of the file. */
  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : path.getBytes(UTF_8)) {
      char unit = (char) (each & 0xff);
      boolean isLetter = unit < 0x80 && Character.isLetterOrDigit(unit);
      encoded.append(
          isLetter || PLAIN.indexOf(unit) >= 0 ? String.valueOf(unit) : "%%%02X".formatted(each));
    }
    return encoded.toString();
  }
}
