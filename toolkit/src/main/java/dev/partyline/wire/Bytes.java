package dev.partyline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.text.Escape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An immutable sequence of bytes; it compares by value. */
public final class Bytes {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  /** The longest array that every JVM can make. */
  static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private static final int MAX_SHOWN_BYTES = 80;

  private final byte[] array;
  private final int arrayOffset;
  private final int size;
  private final @Nullable Supplier<Bytes> printed;

  /** Where what is printed for these bytes begins in what the supplier returns. */
  private final int printedOffset;

  private Bytes(byte[] array, int arrayOffset, int size) {
    this(array, arrayOffset, size, null, 0);
  }

  private Bytes(
      byte[] array,
      int arrayOffset,
      int size,
      @Nullable Supplier<Bytes> printed,
      int printedOffset) {
    this.array = array;
    this.arrayOffset = arrayOffset;
    this.size = size;
    this.printed = printed;
    this.printedOffset = printedOffset;
  }

  /** Returns a copy of the given bytes. */
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone(), 0, bytes.length);
  }

  /** Returns the text in UTF-8; escapes have no meaning here. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(UTF_8));
  }

  /**
   * Returns the bytes that pairs of hexadecimal digits stand for, spaces between pairs allowed.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Bytes hex(String pairs) {
    try {
      return wrap(HexFormat.of().parseHex(pairs.replace(" ", "")));
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
  public static Bytes copyOf(byte[] array, int offset, int endOffset) {
    return offset == endOffset ? EMPTY : wrap(Arrays.copyOfRange(array, offset, endOffset));
  }

  /** Returns a copy of the remaining bytes of the buffer, whose position stays. */
  public static Bytes copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return wrap(copy);
  }

  /** Returns the bytes of an array that must never change afterwards. */
  static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /** Returns a range of an array that must not change while the result is used. */
  static Bytes viewOf(byte[] array, int offset, int endOffset) {
    return new Bytes(array, offset, endOffset - offset);
  }

  /**
   * Returns the same bytes, for which {@link #toString} prints others, and so do slices of them:
   * those in which secrets are masked. All other methods have these bytes as they are.
   *
   * @param other returns as many bytes; it is called when something is printed, on any thread
   */
  public Bytes printedAs(Supplier<Bytes> other) {
    return isEmpty() ? this : new Bytes(array, arrayOffset, size, other, 0);
  }

  private Bytes printed() {
    return printed == null ? this : printed.get().slice(printedOffset, printedOffset + size);
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
  public byte byteAt(int offset) {
    if (offset < 0 || offset >= size) {
      throw new IndexOutOfBoundsException("offset (" + offset + ") must be in 0.." + (size - 1));
    }
    return array[arrayOffset + offset];
  }

  /**
   * Returns the bytes from one offset up to another, without copying them.
   *
   * @throws IndexOutOfBoundsException if the offsets are not in order or not within the bytes
   */
  public Bytes slice(int offset, int endOffset) {
    if (offset < 0 || endOffset < offset || endOffset > size) {
      throw new IndexOutOfBoundsException(
          "slice (" + offset + ".." + endOffset + ") must be within 0.." + size);
    }
    return offset == endOffset
        ? EMPTY
        : new Bytes(
            array, arrayOffset + offset, endOffset - offset, printed, printedOffset + offset);
  }

  /** Returns these bytes followed by others. */
  public Bytes plus(Bytes suffix) {
    if (suffix.isEmpty()) {
      return this;
    }
    byte[] result = Arrays.copyOfRange(array, arrayOffset, arrayOffset + size + suffix.size);
    System.arraycopy(suffix.array, suffix.arrayOffset, result, size, suffix.size);
    return joined(result, List.of(this, suffix));
  }

  /** Returns all the given parts as one. */
  public static Bytes join(Iterable<Bytes> parts) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    List<Bytes> all = new ArrayList<>();
    for (Bytes part : parts) {
      result.write(part.array, part.arrayOffset, part.size);
      all.add(part);
    }
    return joined(result.toByteArray(), all);
  }

  private static Bytes joined(byte[] array, List<Bytes> parts) {
    Bytes result = wrap(array);
    return parts.stream().allMatch(part -> part.printed == null)
        ? result
        : result.printedAs(() -> join(parts.stream().map(Bytes::printed).toList()));
  }

  /** Returns the offset at which the pattern first stands, at or after an offset, or -1. */
  public int indexOf(Bytes pattern, int offset) {
    if (pattern.isEmpty()) {
      return Math.max(offset, 0) <= size ? Math.max(offset, 0) : -1;
    }
    byte first = pattern.array[pattern.arrayOffset];
    int lastIndex = arrayOffset + size - pattern.size;
    for (int index = arrayOffset + Math.max(offset, 0); index <= lastIndex; index++) {
      if (array[index] == first && pattern.matchesAt(array, index)) {
        return index - arrayOffset;
      }
    }
    return -1;
  }

  private boolean matchesAt(byte[] other, int offset) {
    return Arrays.equals(other, offset, offset + size, array, arrayOffset, arrayOffset + size);
  }

  /** Returns whether these bytes begin with the given ones. */
  public boolean startsWith(Bytes prefix) {
    return prefix.size <= size && slice(0, prefix.size).equals(prefix);
  }

  /**
   * Returns the offset of the first difference; if one starts with the other, the shorter size; -1
   * if they are equal.
   */
  public int mismatch(Bytes other) {
    return Arrays.mismatch(
        array,
        arrayOffset,
        arrayOffset + size,
        other.array,
        other.arrayOffset,
        other.arrayOffset + other.size);
  }

  /** Returns a copy as an array. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, arrayOffset, arrayOffset + size);
  }

  /** Returns a read-only view for writing to a channel. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, arrayOffset, size).slice().asReadOnlyBuffer();
  }

  /** Appends the bytes to the buffer, which must have room for them. */
  public void putInto(ByteBuffer buffer) {
    buffer.put(array, arrayOffset, size);
  }

  /** Returns the bytes decoded as UTF-8, malformed ones replaced by U+FFFD. */
  public String utf8() {
    return new String(array, arrayOffset, size, UTF_8);
  }

  /**
   * Returns the bytes as the text of a wire script writes them: printable UTF-8 as it is, the rest
   * as escapes ({@code \r}, {@code \xHH}, <code>\&#117;{H}</code>).
   */
  public String escaped() {
    return Escape.escape(array, arrayOffset, arrayOffset + size);
  }

  /** Returns how many bytes need an escape in a text: controls and malformed UTF-8. */
  public int unprintableCount() {
    return Escape.unprintableCount(array, arrayOffset, arrayOffset + size);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && size == that.size && mismatch(that) < 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = arrayOffset; i < arrayOffset + size; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /**
   * Returns the escaped text, cut after 80 bytes; of bytes that a view has read, with secrets
   * masked.
   */
  @Override
  public String toString() {
    return size <= MAX_SHOWN_BYTES
        ? printed().escaped()
        : slice(0, MAX_SHOWN_BYTES).printed().escaped() + "… (" + size + " bytes)";
  }
}
