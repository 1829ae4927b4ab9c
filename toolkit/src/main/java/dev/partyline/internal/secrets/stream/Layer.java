package dev.partyline.internal.secrets.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that belong together, such as a body that was sent in chunks, and where each of them stands
 * in what the side sent.
 */
public final class Layer {
  private static final byte[] NO_KEY = {};

  private final MaskedStream stream;
  private final byte[] bytes;
  private final List<Segment> segments;
  private @Nullable String text;

  /**
   * A part of a layer.
   *
   * @param offset where it begins in the layer
   * @param streamOffset where it begins in the stream
   * @param size how many bytes it has
   * @param key what its bytes are combined with by XOR, each with the next of these; may be empty
   */
  private record Segment(int offset, int streamOffset, int size, byte[] key) {}

  private Layer(MaskedStream stream, byte[] bytes, List<Segment> segments) {
    this.stream = stream;
    this.bytes = bytes;
    this.segments = segments;
  }

  /** Returns all that a side sent. */
  public static Layer whole(MaskedStream stream) {
    byte[] bytes = stream.original();
    return new Layer(stream, bytes, List.of(new Segment(0, 0, bytes.length, NO_KEY)));
  }

  public static Builder in(MaskedStream stream) {
    return new Builder(stream);
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
    for (int i = segmentAt(offset); i < segments.size() && offset < endOffset; i++) {
      Segment segment = segments.get(i);
      int startInSegment = Math.max(0, offset - segment.offset);
      int endInSegment = Math.min(segment.size, endOffset - segment.offset);
      if (segment.key.length == 0) {
        stream.mask(segment.streamOffset + startInSegment, segment.streamOffset + endInSegment);
      } else {
        maskEncoded(segment, startInSegment, endInSegment);
      }
    }
  }

  private void maskEncoded(Segment segment, int start, int end) {
    for (int i = start; i < end; i++) {
      byte clear = bytes[segment.offset + i];
      if (!MaskedStream.isLineEnd(clear)) {
        byte key = segment.key[i % segment.key.length];
        stream.put(segment.streamOffset + i, (byte) (MaskedStream.MASK ^ key));
      }
    }
  }

  public SecretValues values() {
    return stream.values();
  }

  /** Puts a byte at a place of this layer, which no key encodes. */
  public void put(int offset, byte value) {
    Segment segment = segments.get(segmentAt(offset));
    stream.put(segment.streamOffset + offset - segment.offset, value);
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

  /** Puts a layer together from ranges of a stream. */
  public static final class Builder {
    private final MaskedStream stream;
    private final List<Segment> segments = new ArrayList<>();
    private int size;

    private Builder(MaskedStream stream) {
      this.stream = stream;
    }

    public Builder add(int streamOffset, int streamEndOffset) {
      return add(streamOffset, streamEndOffset, NO_KEY);
    }

    public Builder add(int streamOffset, int streamEndOffset, byte[] key) {
      int added = streamEndOffset - streamOffset;
      if (added > 0) {
        segments.add(new Segment(size, streamOffset, added, key));
        size += added;
      }
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
      for (Segment segment : segments) {
        System.arraycopy(
            stream.original(), segment.streamOffset, bytes, segment.offset, segment.size);
        for (int i = 0; segment.key.length > 0 && i < segment.size; i++) {
          bytes[segment.offset + i] ^= segment.key[i % segment.key.length];
        }
      }
      return new Layer(stream, bytes, List.copyOf(segments));
    }
  }
}
