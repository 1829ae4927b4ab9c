package dev.partyline.internal.har;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** The fields of a query or a form, decoded (URL Standard, 5.1). */
final class FormParameters {
  private final UnaryOperator<Bytes> redaction;

  private FormParameters(UnaryOperator<Bytes> redaction) {
    this.redaction = redaction;
  }

  /**
   * Returns the fields of a text such as {@code a=1&b=%20}.
   *
   * @param redaction masks what was encoded
   */
  static List<HarField> of(String encoded, UnaryOperator<Bytes> redaction) {
    FormParameters parameters = new FormParameters(redaction);
    List<HarField> fields = new ArrayList<>();
    for (String part : encoded.split("&", -1)) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        fields.add(
            new HarField(
                parameters.decode(equals < 0 ? part : part.substring(0, equals)),
                equals < 0 ? "" : parameters.decode(part.substring(equals + 1))));
      }
    }
    return List.copyOf(fields);
  }

  /** A percent sign without two hexadecimal digits stays. */
  private String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    byte[] encoded = text.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%' && isEscape(encoded, i)) {
        decoded.write(
            HexFormat.fromHexDigit(encoded[i + 1]) << 4 | HexFormat.fromHexDigit(encoded[i + 2]));
        i += 2;
      } else {
        decoded.write(encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    return WireText.of(redaction.apply(Bytes.of(decoded.toByteArray())));
  }

  private static boolean isEscape(byte[] text, int index) {
    return index + 2 < text.length
        && HexFormat.isHexDigit(text[index + 1])
        && HexFormat.isHexDigit(text[index + 2]);
  }
}
