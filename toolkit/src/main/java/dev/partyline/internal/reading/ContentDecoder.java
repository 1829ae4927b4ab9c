package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Removes codings, the last one first (RFC 9110, 8.4.1; RFC 9112, 7.2). */
public final class ContentDecoder {
  private static final int BUFFER_BYTES = 8192;
  private static final int ZLIB = 8;

  private final Side side;
  private final long offset;
  private final int maxBytes;

  /**
   * A body without its codings.
   *
   * @param bytes the bytes as far as they could be decoded
   * @param flaw the first flaw of the decoding, if any
   * @param unknownCodings how many codings they still have, because the last of those is not known
   */
  public record DecodedContent(Bytes bytes, Optional<Flaw> flaw, int unknownCodings) {
    DecodedContent(Bytes bytes, Optional<Flaw> flaw) {
      this(bytes, flaw, 0);
    }
  }

  /**
   * Creates a decoder whose flaws have the offset after the body, because decoded bytes have none.
   */
  public ContentDecoder(Side side, long offset, int maxBytes) {
    this.side = side;
    this.offset = offset;
    this.maxBytes = maxBytes;
  }

  /** Removes codings, which are in the order in which they were applied. */
  public DecodedContent decode(Bytes body, List<String> codings) {
    DecodedContent content = new DecodedContent(body, Optional.empty());
    for (int i = codings.size() - 1; i >= 0; i--) {
      Optional<Flaw> before = content.flaw();
      String coding = codings.get(i);
      switch (coding) {
        case "identity" -> {}
        case "gzip", "x-gzip", "deflate" -> {
          // What breaks off may be in another coding as far as it goes.
          DecodedContent inflated = inflate(content.bytes(), coding);
          content = new DecodedContent(inflated.bytes(), before.or(inflated::flaw));
        }
        default -> {
          return new DecodedContent(content.bytes(), before.or(() -> unknown(coding)), i + 1);
        }
      }
    }
    return content;
  }

  private Optional<Flaw> unknown(String coding) {
    String description =
        "the coding ("
            + FlawText.quoted(Bytes.utf8(coding))
            + ") is neither gzip nor deflate, which are all that the JDK can decode";
    return Optional.of(new Flaw(Flaw.Kind.UNDECODED, side, offset, description));
  }

  private DecodedContent inflate(Bytes body, String coding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (body.isEmpty()) {
      return new DecodedContent(body, Optional.empty());
    }
    Inflater inflater = new Inflater(!hasZlibHeader(body));
    try (InputStream in = open(body, coding, inflater)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        int remaining = maxBytes - out.size();
        out.write(buffer, 0, Math.min(count, remaining));
        if (count > remaining) {
          return flawed(
              Bytes.of(out.toByteArray()),
              Flaw.Kind.UNDECODED,
              "the decoded body has more than " + maxBytes + " bytes");
        }
      }
      return withoutTrailing(Bytes.of(out.toByteArray()), coding, unusedBytes(in, inflater));
    } catch (EOFException e) {
      return flawed(
          Bytes.of(out.toByteArray()), Flaw.Kind.INCOMPLETE, "the " + coding + " breaks off");
    } catch (IOException e) {
      return flawed(
          Bytes.of(out.toByteArray()),
          Flaw.Kind.MALFORMED,
          "the body is not " + coding + ": " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private DecodedContent withoutTrailing(Bytes content, String coding, int unusedBytes) {
    return unusedBytes == 0
        ? new DecodedContent(content, Optional.empty())
        : flawed(
            content, Flaw.Kind.MALFORMED, unusedBytes + " bytes follow the end of the " + coding);
  }

  /** Returns how many bytes of the body the coding did not use. */
  private static int unusedBytes(InputStream in, Inflater inflater) throws IOException {
    if (in instanceof GzipInput gzip) {
      return gzip.unusedBytes();
    }
    if (inflater.needsDictionary()) {
      throw new ZipException("it wants a dictionary, and HTTP has none");
    }
    return inflater.getRemaining();
  }

  /** Some senders of deflate leave out the zlib header that RFC 9110 requires. */
  private static boolean hasZlibHeader(Bytes body) {
    return (body.byteAt(0) & 0x0f) == ZLIB
        && body.size() > 1
        && BigEndian.unsigned(body, 0, 2) % 31 == 0;
  }

  private static InputStream open(Bytes body, String coding, Inflater inflater) throws IOException {
    InputStream in = new ByteArrayInputStream(body.toArray());
    // All at once, so that what remains in the buffer at the end is what was not used.
    return coding.equals("deflate")
        ? new InflaterInputStream(in, inflater, body.size())
        : new GzipInput(in, body.size());
  }

  /** One or several members; the JDK does not report bytes after the last. */
  private static final class GzipInput extends GZIPInputStream {
    private static final int TRAILER = 8;

    GzipInput(InputStream in, int size) throws IOException {
      super(in, size);
    }

    int unusedBytes() {
      return inf.getRemaining() - TRAILER;
    }
  }

  private DecodedContent flawed(Bytes bytes, Flaw.Kind kind, String description) {
    return new DecodedContent(bytes, Optional.of(new Flaw(kind, side, offset, description)));
  }
}
