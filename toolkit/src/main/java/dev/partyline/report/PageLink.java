package dev.partyline.report;

import dev.partyline.internal.json.JsonWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** A link to a file, which is never a script: it begins with a dot or with {@code file:}. */
final class PageLink {
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
    String path = "./" + from.relativize(to).toString().replace(separator, "/");
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("file (" + file + ") must have a name for a link", e);
    }
  }
}
