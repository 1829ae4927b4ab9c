package dev.partyline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An immutable run of bytes; it compares by value. */
public final class Bytes {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private static final int EXCERPT = 80;

  private final byte[] array;
  private final int from;
  private final int size;

  private Bytes(byte[] array, int from, int size) {
    this.array = array;
    this.from = from;
    this.size = size;
  }

  /** Returns a copy of the given bytes. */
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone(), 0, bytes.length);
  }

  /** Returns the text in UTF-8; escapes have no meaning here. */
  public static Bytes utf8(String text) {
    return owning(text.getBytes(UTF_8));
  }

  /**
   * Returns the bytes that pairs of hexadecimal digits stand for, spaces between pairs allowed.
   *
   * @throws IllegalArgumentException if the text is no sequence of such pairs
   */
  public static Bytes hex(String pairs) {
    try {
      return owning(HexFormat.of().parseHex(pairs.replace(" ", "")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "hex (" + pairs + ") must be pairs of hexadecimal digits, such as 0d 0a", e);
    }
  }

  /**
   * Returns a copy of a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part is not within the array
   */
  public static Bytes copyOf(byte[] array, int from, int to) {
    return from == to ? EMPTY : owning(Arrays.copyOfRange(array, from, to));
  }

  /** Returns a copy of the remaining bytes of the buffer, and leaves its position alone. */
  public static Bytes copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return owning(copy);
  }

  /** The array must never change afterwards. */
  static Bytes owning(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /** The array must not change while this is used. */
  static Bytes viewing(byte[] array, int from, int to) {
    return new Bytes(array, from, to - from);
  }

  /** Returns how many bytes there are. */
  public int size() {
    return size;
  }

  /** Returns whether there are no bytes. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * Returns the byte at an offset.
   *
   * @throws IndexOutOfBoundsException if the offset is negative or not below {@link #size()}
   */
  public byte at(int offset) {
    if (offset < 0 || offset >= size) {
      throw new IndexOutOfBoundsException("offset (" + offset + ") must be in 0.." + (size - 1));
    }
    return array[from + offset];
  }

  /**
   * Returns the bytes from one offset up to another, without copying them.
   *
   * @throws IndexOutOfBoundsException if the offsets are not in order or not within the bytes
   */
  public Bytes slice(int start, int end) {
    if (start < 0 || end < start || end > size) {
      throw new IndexOutOfBoundsException(
          "slice (" + start + ".." + end + ") must be within 0.." + size);
    }
    return start == end ? EMPTY : new Bytes(array, from + start, end - start);
  }

  /** Returns these bytes followed by others. */
  public Bytes plus(Bytes more) {
    if (more.isEmpty()) {
      return this;
    }
    byte[] sum = Arrays.copyOfRange(array, from, from + size + more.size);
    System.arraycopy(more.array, more.from, sum, size, more.size);
    return owning(sum);
  }

  /** Returns all the given runs of bytes as one. */
  public static Bytes join(Iterable<Bytes> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Bytes part : parts) {
      all.write(part.array, part.from, part.size);
    }
    return owning(all.toByteArray());
  }

  /** Returns the offset at which the given bytes first stand at or after {@code start}, or -1. */
  public int indexOf(Bytes wanted, int start) {
    if (wanted.isEmpty()) {
      return Math.max(start, 0) <= size ? Math.max(start, 0) : -1;
    }
    byte first = wanted.array[wanted.from];
    int last = from + size - wanted.size;
    for (int at = from + Math.max(start, 0); at <= last; at++) {
      if (array[at] == first && wanted.standsAt(array, at)) {
        return at - from;
      }
    }
    return -1;
  }

  private boolean standsAt(byte[] other, int at) {
    return Arrays.equals(other, at, at + size, array, from, from + size);
  }

  /** Returns whether these bytes begin with the given ones. */
  public boolean startsWith(Bytes start) {
    return start.size <= size && slice(0, start.size).equals(start);
  }

  /**
   * Returns the offset of the first difference, the shorter size if one begins the other, or -1.
   */
  public int mismatch(Bytes other) {
    return Arrays.mismatch(
        array, from, from + size, other.array, other.from, other.from + other.size);
  }

  /** Returns a copy as an array. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, from + size);
  }

  /** Returns a read-only view for writing to a channel. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, from, size).slice().asReadOnlyBuffer();
  }

  /** Appends the bytes to the buffer, which must have the room. */
  public void putInto(ByteBuffer buffer) {
    buffer.put(array, from, size);
  }

  /** Returns the bytes read as UTF-8, malformed ones replaced by U+FFFD. */
  public String utf8() {
    return new String(array, from, size, UTF_8);
  }

  /**
   * Returns the bytes as the text of a wire script writes them: printable UTF-8 as it is, the rest
   * as escapes ({@code \r}, {@code \xHH}, <code>\&#117;{H}</code>).
   */
  public String escaped() {
    return Escape.text(array, from, from + size);
  }

  /** Returns how many bytes cannot stand as they are in a text: controls and malformed UTF-8. */
  public int unprintable() {
    return Escape.unprintable(array, from, from + size);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && size == that.size && mismatch(that) < 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + size; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** Returns the escaped text, cut after 80 bytes. */
  @Override
  public String toString() {
    return size <= EXCERPT ? escaped() : slice(0, EXCERPT).escaped() + "… (" + size + " bytes)";
  }
}
