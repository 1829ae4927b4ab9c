package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes values in the Distinguished Encoding Rules (X.690). */
final class DerWriter {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int NULL = 0x05;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  private DerWriter() {}

  static byte[] sequence(byte[]... values) {
    return value(SEQUENCE, values);
  }

  static byte[] set(byte[] element) {
    return value(SET, element);
  }

  static byte[] booleanValue(boolean value) {
    return value(BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] integer(BigInteger value) {
    return value(INTEGER, value.toByteArray());
  }

  static byte[] nullValue() {
    return value(NULL);
  }

  static byte[] octetString(byte[] bytes) {
    return value(OCTET_STRING, bytes);
  }

  /** Writes whole bytes. */
  static byte[] bitString(byte[] bytes) {
    return value(BIT_STRING, new byte[1], bytes);
  }

  /** Writes named bits, from the highest bit of the byte; zeros at the end are left out. */
  static byte[] namedBits(int highestFirst) {
    return value(
        BIT_STRING,
        new byte[] {(byte) Integer.numberOfTrailingZeros(highestFirst), (byte) highestFirst});
  }

  static byte[] utf8String(String text) {
    return value(UTF8_STRING, text.getBytes(UTF_8));
  }

  /** Writes an identifier such as {@code 2.5.29.17}. */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    arc(Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]), content);
    for (int i = 2; i < arcs.length; i++) {
      arc(Long.parseLong(arcs[i]), content);
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static void arc(long value, ByteArrayOutputStream out) {
    int groups = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      out.write((int) (value >>> (7 * group)) & 0x7f | (group == 0 ? 0 : 0x80));
    }
  }

  /** Writes a time, the years 1950 to 2049 with two digits (RFC 5280, 4.1.2.5). */
  static byte[] time(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    boolean utc = time.getYear() >= 1950 && time.getYear() < 2050;
    String pattern = utc ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'";
    String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
    return value(utc ? UTC_TIME : GENERALIZED_TIME, text.getBytes(UTF_8));
  }

  /** Writes a value with a tag in place of its own, such as {@code [1] IMPLICIT IA5String}. */
  static byte[] implicit(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  /** Writes a value with one more tag around it. */
  static byte[] explicit(int number, byte[] value) {
    return value(CONTEXT | CONSTRUCTED | number, value);
  }

  private static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    length(content.size(), out);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void length(int size, ByteArrayOutputStream out) {
    if (size < 0x80) {
      out.write(size);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(size) + 7) / 8;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(size >>> (8 * i));
    }
  }
}
