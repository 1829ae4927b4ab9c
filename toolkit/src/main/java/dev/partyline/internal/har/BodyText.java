package dev.partyline.internal.har;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.reading.ContentDecoder;
import dev.partyline.internal.reading.ContentDecoder.DecodedContent;
import dev.partyline.internal.reading.Utf8Validator;
import dev.partyline.internal.text.Quantity;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body as the text of an entry: without its codings, and in Base64 if it is not text. It is read
 * a little at a time, but for what has to be decoded or parsed.
 */
final class BodyText {
  static final int MAX_DECODED_BYTES = 16 << 20;

  /** What is decoded is in memory at once. */
  private static final int MAX_CODED_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Bytes NUL = Bytes.of((byte) 0);
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]+)");

  private final HarBody body;
  private final Optional<Bytes> decoded;
  private final Optional<Charset> charset;
  private final String remark;

  private BodyText(
      HarBody body, Optional<Bytes> decoded, Optional<Charset> charset, String remark) {
    this.body = body;
    this.decoded = decoded;
    this.charset = charset;
    this.remark = remark;
  }

  /**
   * Returns the text of a body.
   *
   * @param mimeType the value of Content-Type
   * @param redaction masks what was compressed
   */
  static BodyText of(HarBody body, String mimeType, UnaryOperator<Bytes> redaction)
      throws IOException {
    long dropped = body.droppedBytes();
    boolean isCoded = !body.codings().isEmpty() && body.size() > 0;
    if (dropped > 0) {
      String remark =
          Quantity.of(dropped, "byte") + " of the body were not kept, so its text is left out";
      return new BodyText(body, Optional.empty(), Optional.empty(), remark);
    }
    if (isCoded && body.size() > MAX_CODED_BYTES) {
      String remark = "the body is as it was sent: more than 8 MiB are not decoded";
      return new BodyText(body, Optional.empty(), Optional.empty(), remark);
    }
    if (isCoded) {
      ContentDecoder decoder = new ContentDecoder(body.side(), body.endOffset(), MAX_DECODED_BYTES);
      DecodedContent content = decoder.decode(body.bytes(), body.codings());
      String flaw = content.flaw().map(Flaw::toString).orElse("");
      if (content.unknownCodings() > 0 || content.bytes().isEmpty() && !flaw.isEmpty()) {
        String remark = "the body is as it was sent: " + flaw;
        return new BodyText(body, Optional.empty(), Optional.empty(), remark);
      }
      String remark = flaw.isEmpty() ? "" : "the body is decoded as far as it can be: " + flaw;
      return withCharset(body, Optional.of(redaction.apply(content.bytes())), mimeType, remark);
    }
    return withCharset(body, Optional.empty(), mimeType, "");
  }

  private static BodyText withCharset(
      HarBody body, Optional<Bytes> decoded, String mimeType, String remark) throws IOException {
    BodyText text = new BodyText(body, decoded, Optional.empty(), remark);
    return new BodyText(body, decoded, text.charset(mimeType), remark);
  }

  private boolean isKept() {
    return body.droppedBytes() == 0;
  }

  /** Returns how many bytes it has without its codings. */
  long size() {
    return decoded.map(bytes -> (long) bytes.size()).orElse(body.size());
  }

  boolean isDecoded() {
    return decoded.isPresent();
  }

  /** Returns whether it is written in Base64, because it is no text. */
  boolean isBase64() {
    return charset.isEmpty() && isKept();
  }

  /** Returns why it is not what one would expect; empty if it is. */
  String remark() {
    return remark;
  }

  private InputStream open() {
    return decoded
        .<InputStream>map(bytes -> new ByteArrayInputStream(bytes.toArray()))
        .orElseGet(body::open);
  }

  /** Returns all of its bytes, to be parsed; none if they are very many, or not kept. */
  Bytes bytes() {
    boolean isParsed = isKept() && size() <= MAX_DECODED_BYTES;
    return isParsed ? decoded.orElseGet(body::bytes) : Bytes.EMPTY;
  }

  /** Writes the text as a value; an empty one if some of it was not kept. */
  void write(JsonWriter json) throws IOException {
    if (!isKept()) {
      json.value("");
      return;
    }
    try (InputStream in = open()) {
      if (charset.isPresent()) {
        Reader reader = new InputStreamReader(in, charset.get());
        json.value(reader);
      } else {
        json.base64(in);
      }
    }
  }

  /** Returns the charset in which it is text; nothing if it is none. */
  private Optional<Charset> charset(String mimeType) throws IOException {
    Matcher named = CHARSET.matcher(mimeType);
    String name = named.find() ? named.group(1).toLowerCase(Locale.ROOT) : "utf-8";
    return switch (name) {
      case "iso-8859-1", "latin1" -> isText(false) ? Optional.of(ISO_8859_1) : Optional.empty();
      case "utf-8", "utf8", "us-ascii", "ascii" ->
          isText(true) ? Optional.of(UTF_8) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Returns whether it has no NUL, which no text has, and is well-formed. */
  private boolean isText(boolean asUtf8) throws IOException {
    Utf8Validator validator = new Utf8Validator();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = open()) {
      int count = in.readNBytes(buffer, 0, BUFFER_BYTES);
      while (count > 0) {
        Bytes part = Bytes.copyOf(buffer, 0, count);
        count = in.readNBytes(buffer, 0, BUFFER_BYTES);
        boolean isMalformed = asUtf8 && validator.indexOfMalformed(part, count == 0) >= 0;
        if (isMalformed || part.indexOf(NUL, 0) >= 0) {
          return false;
        }
      }
      return true;
    }
  }
}
