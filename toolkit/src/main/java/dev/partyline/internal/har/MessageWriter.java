package dev.partyline.internal.har;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes requests and responses. */
final class MessageWriter {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  private final JsonWriter json;
  private final UnaryOperator<Bytes> redaction;

  /**
   * Creates a writer.
   *
   * @param redaction masks what was compressed or encoded
   */
  MessageWriter(JsonWriter json, UnaryOperator<Bytes> redaction) {
    this.json = json;
    this.redaction = redaction;
  }

  void write(HarRequest request) throws IOException {
    HarMessage message = request.message();
    json.beginObject().member("method", request.method()).member("url", request.url());
    json.member("httpVersion", message.version());
    writeCookies(HarCookie.sent(message.headers()));
    writeFields("headers", message.headers());
    writeFields("queryString", FormParameters.of(HarUrl.query(request.url()), redaction));
    if (message.body().size() > 0) {
      writePostData(message);
    }
    writeEnd(message);
  }

  void write(HarResponse response) throws IOException {
    HarMessage message = response.message();
    json.beginObject().member("status", response.status());
    json.member("statusText", response.reason()).member("httpVersion", message.version());
    writeCookies(HarCookie.set(message.headers()));
    writeFields("headers", message.headers());
    writeContent(message);
    json.member("redirectURL", message.header("Location"));
    writeEnd(message);
  }

  /** Writes what stands at the end of both. */
  private void writeEnd(HarMessage message) {
    json.member("headersSize", message.headSize()).member("bodySize", message.bodySize());
    if (!message.trailers().isEmpty()) {
      writeFields("_trailers", message.trailers());
    }
    writeComment(json, message.remarks());
    json.endObject();
  }

  static void writeComment(JsonWriter json, List<String> remarks) {
    if (!remarks.isEmpty()) {
      json.member("comment", String.join("\n", remarks));
    }
  }

  private void writeFields(String name, List<HarField> fields) {
    json.name(name).beginArray();
    for (HarField field : fields) {
      json.beginObject().member("name", field.name()).member("value", field.value()).endObject();
    }
    json.endArray();
  }

  private void writeCookies(List<HarCookie> cookies) {
    json.name("cookies").beginArray();
    for (HarCookie cookie : cookies) {
      json.beginObject().member("name", cookie.name()).member("value", cookie.value());
      cookie.attribute("Path").ifPresent(path -> json.member("path", path));
      cookie.attribute("Domain").ifPresent(domain -> json.member("domain", domain));
      Optional<Instant> expires = cookie.expires();
      expires.ifPresent(time -> json.member("expires", HarTime.print(time)));
      if (!cookie.attributes().isEmpty()) {
        json.member("httpOnly", cookie.attribute("HttpOnly").isPresent());
        json.member("secure", cookie.attribute("Secure").isPresent());
      }
      json.endObject();
    }
    json.endArray();
  }

  private void writePostData(HarMessage message) throws IOException {
    String mimeType = message.header("Content-Type");
    BodyText text = BodyText.of(message.body(), mimeType, redaction);
    json.name("postData").beginObject().member("mimeType", mimeType);
    writeParameters(mimeType, text);
    writeText(text);
    json.endObject();
  }

  /** Writes the text; in {@code postData} HAR 1.2 has no encoding, but the draft of 1.3 has. */
  private void writeText(BodyText text) throws IOException {
    json.name("text");
    text.write(json);
    if (text.isBase64()) {
      json.member("encoding", "base64");
    }
    if (!text.remark().isEmpty()) {
      json.member("comment", text.remark());
    }
  }

  private void writeParameters(String mimeType, BodyText text) throws IOException {
    String type = mimeType.toLowerCase(Locale.ROOT);
    json.name("params").beginArray();
    if (type.startsWith(FORM)) {
      FormParameters.of(WireText.of(text.bytes()), redaction).forEach(this::writeParameter);
    } else if (type.startsWith(MULTIPART)) {
      MultipartForm.of(mimeType, text.bytes()).forEach(this::writePart);
    }
    json.endArray();
  }

  private void writeParameter(HarField field) {
    json.beginObject().member("name", field.name()).member("value", field.value()).endObject();
  }

  private void writePart(MultipartForm.FormPart part) {
    json.beginObject().member("name", part.name()).member("value", part.value());
    part.fileName().ifPresent(name -> json.member("fileName", name));
    part.contentType().ifPresent(type -> json.member("contentType", type));
    json.endObject();
  }

  private void writeContent(HarMessage message) throws IOException {
    String mimeType = message.header("Content-Type");
    BodyText text = BodyText.of(message.body(), mimeType, redaction);
    json.name("content").beginObject().member("size", text.size());
    if (text.isDecoded()) {
      json.member("compression", text.size() - message.body().size());
    }
    json.member("mimeType", mimeType);
    if (text.size() > 0) {
      writeText(text);
    }
    json.endObject();
  }
}
