package dev.partyline.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.report.Json;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of HAR that follows the rules, read back. */
record HarFile(String json, Map<String, Object> log) {
  static HarFile write(Recording recording) throws IOException {
    return write(recording, HarOptions.standard());
  }

  static HarFile write(Recording recording, HarOptions options) throws IOException {
    Path file = Files.createTempFile("partyline", ".har");
    try {
      Har.write(recording, file, options);
      return read(file);
    } finally {
      Files.delete(file);
    }
  }

  static HarFile read(Path file) throws IOException {
    String json = Files.readString(file, US_ASCII);
    Object root = Json.parse(json);
    HarRules.check(root);
    return new HarFile(json, Json.object(Json.object(root).get("log")));
  }

  String comment() {
    return (String) log.get("comment");
  }

  List<HarEntry> entries() {
    return Json.array(log.get("entries")).stream()
        .map(each -> new HarEntry(Json.object(each)))
        .toList();
  }

  HarEntry entry() {
    List<HarEntry> entries = entries();
    if (entries.size() != 1) {
      throw new AssertionError(entries.size() + " entries in " + json);
    }
    return entries.get(0);
  }

  /** An entry; a path such as {@code request.url} names a member. */
  record HarEntry(Map<String, Object> members) {
    Object at(String path) {
      Object value = members;
      for (String name : path.split("\\.", -1)) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
      return String.valueOf(value).equals("null") ? "" : value;
    }

    String text(String path) {
      return (String) at(path);
    }

    int number(String path) {
      return ((Double) at(path)).intValue();
    }

    /** Returns the members of each object of a list, such as {@code a=1}. */
    List<String> pairs(String path) {
      return Json.array(at(path)).stream()
          .map(Json::object)
          .map(each -> each.get("name") + "=" + each.get("value"))
          .toList();
    }

    List<Map<String, Object>> objects(String path) {
      return Json.array(at(path)).stream().map(Json::object).toList();
    }

    /** Returns the bytes that a text with its encoding stands for. */
    Bytes body(String path) {
      String text = String.valueOf(at(path + ".text"));
      if (at(path + ".encoding").equals("base64")) {
        return Bytes.of(Base64.getDecoder().decode(text));
      }
      boolean isLatin = text(path + ".mimeType").toLowerCase(Locale.ROOT).contains("iso-8859-1");
      return Bytes.of(text.getBytes(isLatin ? ISO_8859_1 : UTF_8));
    }
  }
}
