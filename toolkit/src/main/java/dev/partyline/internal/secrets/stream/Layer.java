package dev.partyline.internal.secrets.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that belong together, such as a body that was sent in chunks, and where each of them stands
 * in the layer that carries them; the lowest is all that a side sent.
 */
public final class Layer {
  private static final byte[] NO_KEY = {};

  private final MaskedStream stream;

  /** What carries this layer, unless it is the stream itself. */
  private final @Nullable Layer carrier;

  private final byte[] bytes;
  private final List<Segment> segments;
  private @Nullable String text;

  /**
   * A part of a layer.
   *
   * @param offset where it begins in the layer
   * @param size how many bytes it has
   * @param carrierOffset where it begins in the carrier
   * @param carrierSize how many bytes stand for it there: as many, unless it is decoded as a whole
   * @param key what its bytes are combined with by XOR, each with the next of these; may be empty
   */
  private record Segment(int offset, int size, int carrierOffset, int carrierSize, byte[] key) {
    boolean isDecoded() {
      return size != carrierSize;
    }
  }

  private Layer(
      MaskedStream stream, @Nullable Layer carrier, byte[] bytes, List<Segment> segments) {
    this.stream = stream;
    this.carrier = carrier;
    this.bytes = bytes;
    this.segments = segments;
  }

  /** Returns all that a side sent. */
  public static Layer whole(MaskedStream stream) {
    return new Layer(stream, null, stream.original(), List.of());
  }

  /** Returns a builder of a layer that a layer carries. */
  public static Builder in(Layer carrier) {
    return new Builder(carrier);
  }

  /** Returns whether it is all that a side sent. */
  public boolean isWhole() {
    return carrier == null;
  }

  public Layer slice(int offset, int endOffset) {
    return in(this).add(offset, endOffset).build();
  }

  public int size() {
    return bytes.length;
  }

  public byte byteAt(int offset) {
    return bytes[offset];
  }

  public byte[] bytes(int offset, int endOffset) {
    return Arrays.copyOfRange(bytes, offset, endOffset);
  }

  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Returns the bytes read as ISO-8859-1, so that a character is a byte. */
  public String text() {
    String result = text;
    if (result == null) {
      result = new String(bytes, StandardCharsets.ISO_8859_1);
      text = result;
    }
    return result;
  }

  /** Masks a range of this layer in the stream, but for its line ends. */
  public void mask(int offset, int endOffset) {
    stream.values().add(bytes, Math.min(offset, size()), Math.min(endOffset, size()));
    hide(offset, endOffset);
  }

  /** Masks a range that may be no secret, and so is not masked elsewhere. */
  public void hide(int offset, int endOffset) {
    if (carrier == null) {
      stream.mask(offset, endOffset);
      return;
    }
    for (int i = segmentAt(offset); i < segments.size(); i++) {
      Segment segment = segments.get(i);
      int start = Math.max(0, offset - segment.offset);
      int end = Math.min(segment.size, endOffset - segment.offset);
      if (end <= 0) {
        break;
      }
      hide(carrier, segment, start, end);
    }
  }

  private void hide(Layer carrier, Segment segment, int start, int end) {
    if (segment.isDecoded()) {
      if (!MaskedStream.isLineEnd(bytes[segment.offset])) {
        carrier.hide(segment.carrierOffset, segment.carrierOffset + segment.carrierSize);
      }
    } else if (segment.key.length == 0) {
      carrier.hide(segment.carrierOffset + start, segment.carrierOffset + end);
    } else {
      for (int i = start; i < end; i++) {
        if (!MaskedStream.isLineEnd(bytes[segment.offset + i])) {
          put(segment.offset + i, MaskedStream.MASK);
        }
      }
    }
  }

  /** Puts a byte at a place of this layer, which is not part of what is decoded as a whole. */
  public void put(int offset, byte value) {
    if (carrier == null) {
      stream.put(offset, value);
      return;
    }
    Segment segment = segments.get(segmentAt(offset));
    int i = offset - segment.offset;
    int key = segment.key.length == 0 ? 0 : segment.key[i % segment.key.length];
    carrier.put(segment.carrierOffset + i, (byte) (value ^ key));
  }

  /** Returns what the side sent, in which this layer is. */
  public MaskedStream stream() {
    return stream;
  }

  /** Returns where a byte, or the end, stands in the carrier. */
  int carrierOffset(int offset) {
    if (segments.isEmpty()) {
      return offset;
    }
    Segment segment = segments.get(segmentAt(offset));
    int i = Math.min(offset - segment.offset, segment.carrierSize);
    return segment.carrierOffset + i;
  }

  /** Returns how many bytes of this layer stand before an offset in the carrier. */
  int sizeBefore(int carrierOffset) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).carrierOffset < carrierOffset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return 0;
    }
    Segment segment = segments.get(low - 1);
    int count = carrierOffset - segment.carrierOffset;
    if (count >= segment.carrierSize) {
      return segment.offset + segment.size;
    }
    return segment.isDecoded() ? segment.offset : segment.offset + count;
  }

  /** Returns whether a place in the carrier is neither before nor after this layer. */
  boolean isAround(int carrierOffset) {
    if (segments.isEmpty()) {
      return false;
    }
    Segment last = segments.get(segments.size() - 1);
    return segments.get(0).carrierOffset <= carrierOffset
        && carrierOffset <= last.carrierOffset + last.carrierSize;
  }

  private int segmentAt(int offset) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).offset <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Puts a layer together from ranges of its carrier, one after the other. */
  public static final class Builder {
    private final Layer carrier;
    private final List<Segment> segments = new ArrayList<>();
    private final List<byte[]> decoded = new ArrayList<>();
    private int size;

    private Builder(Layer carrier) {
      this.carrier = carrier;
    }

    public Builder add(int offset, int endOffset) {
      return add(offset, endOffset, NO_KEY);
    }

    public Builder add(int offset, int endOffset, byte[] key) {
      int added = endOffset - offset;
      if (added > 0) {
        add(new Segment(size, added, offset, added, key));
      }
      return this;
    }

    private void add(Segment segment) {
      segments.add(segment);
      size += segment.size;
    }

    /** Adds bytes for which another number of bytes stands in the carrier, which may be none. */
    public Builder addDecoded(byte[] bytes, int offset, int endOffset) {
      add(new Segment(size, bytes.length, offset, endOffset - offset, NO_KEY));
      decoded.add(bytes);
      return this;
    }

    public int size() {
      return size;
    }

    public boolean isEmpty() {
      return segments.isEmpty();
    }

    public Layer build() {
      byte[] bytes = new byte[size];
      int nextDecoded = 0;
      for (Segment segment : segments) {
        if (segment.isDecoded()) {
          System.arraycopy(decoded.get(nextDecoded++), 0, bytes, segment.offset, segment.size);
        } else {
          copy(segment, bytes);
        }
      }
      return new Layer(carrier.stream, carrier, bytes, List.copyOf(segments));
    }

    private void copy(Segment segment, byte[] bytes) {
      System.arraycopy(carrier.bytes, segment.carrierOffset, bytes, segment.offset, segment.size);
      for (int i = 0; i < segment.key.length; i++) {
        for (int j = i; j < segment.size; j += segment.key.length) {
          bytes[segment.offset + j] ^= segment.key[i];
        }
      }
    }
  }
}
