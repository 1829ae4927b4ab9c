package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.MaskedStream;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header blocks of one side of HTTP/2 (RFC 7541), of which only the names of the table are
 * kept.
 *
 * <p>It decodes on its own, because what is masked must show in the bytes as well as in the fields,
 * and Netty, by which the view decodes, does not say where a field stands.
 */
final class HpackBlocks {
  private static final int INDEXED = 0x80;
  private static final int WITH_INDEXING = 0x40;
  private static final int SIZE_UPDATE = 0x20;
  private static final int HUFFMAN = 0x80;
  private static final int ENTRY_OVERHEAD = 32;
  private static final int DEFAULT_TABLE_SIZE = 4096;
  private static final int MIN_KEPT_NAMES = 1000;
  private static final int MAX_SHIFT = 56;

  /** The names of the static table (RFC 7541, appendix A). */
  private static final String[] STATIC_NAMES =
      (":authority :method :method :path :path :scheme :scheme :status :status :status :status"
              + " :status :status :status accept-charset accept-encoding accept-language"
              + " accept-ranges accept access-control-allow-origin age allow authorization"
              + " cache-control content-disposition content-encoding content-language"
              + " content-length content-location content-range content-type cookie date etag"
              + " expect expires from host if-match if-modified-since if-none-match if-range"
              + " if-unmodified-since last-modified link location max-forwards proxy-authenticate"
              + " proxy-authorization range referer refresh retry-after server set-cookie"
              + " strict-transport-security transfer-encoding user-agent vary via"
              + " www-authenticate")
          .split(" ", -1);

  /** What is to be masked of a value: a rule on {@code name: value}. */
  private final SecretRule fieldRule;

  /** The names of the dynamic table, the newest last; the oldest are never asked for. */
  private final List<@Nullable String> names = new ArrayList<>();

  private long tableSize = DEFAULT_TABLE_SIZE;
  private Layer block = Layer.whole(new MaskedStream(new byte[0]));
  private int offset;

  HpackBlocks(SecretRule fieldRule) {
    this.fieldRule = fieldRule;
  }

  /** A string of a block: where its content begins and ends, and what it says. */
  private record EncodedString(int start, int end, boolean isHuffman, byte[] content) {}

  /** Masks what is secret in the next block. */
  void mask(Layer nextBlock) {
    block = nextBlock;
    offset = 0;
    try {
      read();
    } catch (BufferUnderflowException e) {
      // What a field is called after that cannot be told.
      block.hide(offset, block.size());
      forget();
    }
  }

  private void read() {
    while (offset < block.size()) {
      int first = block.byteAt(offset) & 0xff;
      if ((first & INDEXED) != 0) {
        integer(7);
      } else if ((first & WITH_INDEXING) != 0) {
        literal(6, true);
      } else if ((first & SIZE_UPDATE) != 0) {
        tableSize = integer(5);
      } else {
        literal(4, false);
      }
    }
  }

  private void literal(int prefixBits, boolean indexed) {
    int index = (int) integer(prefixBits);
    String name = index == 0 ? text(string().content) : name(index);
    EncodedString value = string();
    maskValue(name, value);
    int nameLength = name == null ? 0 : name.length();
    if (indexed && nameLength + value.content.length + ENTRY_OVERHEAD <= tableSize) {
      names.add(name);
    }
    if (names.size() > 2 * MIN_KEPT_NAMES && names.size() > 2 * tableSize / ENTRY_OVERHEAD) {
      names.subList(0, names.size() / 2).clear();
    }
  }

  /** Returns the name of an entry of the tables; null if it is not known. */
  private @Nullable String name(int index) {
    if (index <= STATIC_NAMES.length) {
      return STATIC_NAMES[index - 1];
    }
    int position = names.size() - (index - STATIC_NAMES.length);
    return position >= 0 ? names.get(position) : null;
  }

  /** Forgets the table, because a block that may have added to it is lost. */
  void forget() {
    names.clear();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads a number (RFC 7541, 5.1).
   *
   * @throws BufferUnderflowException if no index and no length is as large
   */
  private long integer(int prefixBits) {
    int max = (1 << prefixBits) - 1;
    long value = block.byteAt(offset++) & max;
    boolean goesOn = value == max;
    for (int shift = 0; goesOn && offset < block.size() && shift <= MAX_SHIFT; shift += 7) {
      int next = block.byteAt(offset++);
      value += (long) (next & 0x7f) << shift;
      goesOn = next < 0;
    }
    if (goesOn || value < 0 || value > Integer.MAX_VALUE) {
      throw new BufferUnderflowException();
    }
    return value;
  }

  private EncodedString string() {
    if (offset >= block.size()) {
      return new EncodedString(offset, offset, false, new byte[0]);
    }
    boolean isHuffman = (block.byteAt(offset) & HUFFMAN) != 0;
    long length = integer(7);
    int start = offset;
    int end = (int) Math.min(block.size(), start + length);
    offset = end;
    byte[] bytes = block.bytes(start, end);
    return new EncodedString(start, end, isHuffman, isHuffman ? HuffmanCode.decode(bytes) : bytes);
  }

  private void maskValue(@Nullable String name, EncodedString value) {
    String prefix = (name == null ? "" : name) + ": ";
    boolean isMalformed =
        value.isHuffman && MaskedHuffman.isMalformed(block.bytes(value.start, value.end));
    // What follows the flaw cannot be read, and may be a part of a secret.
    String content = text(value.content) + (isMalformed ? "?".repeat(value.end - value.start) : "");
    byte[] line = (prefix + content).getBytes(StandardCharsets.ISO_8859_1);
    MaskedStream field = new MaskedStream(line);
    if (name == null) {
      // What it is called was in a block that is lost.
      field.mask(prefix.length(), line.length);
    } else {
      fieldRule.apply(Layer.whole(field));
    }
    int[] ranges = field.ranges();
    block.stream().values().addAll(field.values());
    if (ranges.length > 0 && value.isHuffman) {
      byte[] original = block.bytes(value.start, value.end);
      putAll(
          value.start,
          isMalformed
              ? MaskedHuffman.malformed(original)
              : MaskedHuffman.of(
                  value.content,
                  Arrays.stream(ranges).map(each -> Math.max(0, each - prefix.length())).toArray(),
                  original.length));
    } else {
      for (int i = 0; i < ranges.length; i += 2) {
        block.mask(
            value.start + ranges[i] - prefix.length(),
            value.start + ranges[i + 1] - prefix.length());
      }
    }
  }

  private void putAll(int start, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      block.put(start + i, bytes[i]);
    }
  }
}
