package dev.partyline.view;

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

/** Takes content codings off, the last one first (RFC 9110, 8.4.1). */
final class ContentDecoder {
  private static final int PIECE = 8192;
  private static final int ZLIB = 8;

  private final Side side;
  private final long at;
  private final int most;

  /** Flaws are told as of the offset behind the body, for what is inside stands nowhere. */
  ContentDecoder(Side side, long at, int most) {
    this.side = side;
    this.at = at;
    this.most = most;
  }

  Http1Content decode(Bytes body, List<String> codings) {
    Http1Content content = new Http1Content(body, Optional.empty());
    for (int i = codings.size() - 1; i >= 0 && content.flaw().isEmpty(); i--) {
      content = decode(content.bytes(), codings.get(i));
    }
    return content;
  }

  private Http1Content decode(Bytes body, String coding) {
    return switch (coding) {
      case "identity" -> new Http1Content(body, Optional.empty());
      case "gzip", "x-gzip", "deflate" -> inflate(body, coding);
      default ->
          flawed(
              body,
              Flaw.Kind.MALFORMED,
              "the content coding ("
                  + BodyFraming.quoted(coding)
                  + ") is none of gzip and deflate, which are all that the JDK can decode");
    };
  }

  private Http1Content inflate(Bytes body, String coding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (body.isEmpty()) {
      return new Http1Content(body, Optional.empty());
    }
    Inflater inflater = new Inflater(!isFramed(body));
    try (InputStream in = open(body, coding, inflater)) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        int room = most - out.size();
        out.write(piece, 0, Math.min(read, room));
        if (read > room) {
          return flawed(
              Bytes.of(out.toByteArray()),
              Flaw.Kind.MALFORMED,
              "the decoded body has more than " + most + " bytes");
        }
      }
      return decoded(Bytes.of(out.toByteArray()), coding, rest(in, inflater));
    } catch (EOFException e) {
      return flawed(
          Bytes.of(out.toByteArray()), Flaw.Kind.INCOMPLETE, "the " + coding + " breaks off");
    } catch (IOException e) {
      return flawed(
          Bytes.of(out.toByteArray()),
          Flaw.Kind.MALFORMED,
          "the body is no " + coding + ": " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private Http1Content decoded(Bytes decoded, String coding, int rest) {
    return rest == 0
        ? new Http1Content(decoded, Optional.empty())
        : flawed(
            decoded, Flaw.Kind.MALFORMED, rest + " bytes stand behind the end of the " + coding);
  }

  /** Returns how much of the body was not taken. */
  private static int rest(InputStream in, Inflater inflater) throws IOException {
    if (in instanceof Gzip gzip) {
      return gzip.rest();
    }
    if (inflater.needsDictionary()) {
      throw new ZipException("it wants a dictionary, and HTTP has none");
    }
    return inflater.getRemaining();
  }

  /** By deflate some mean the bare thing, without the frame of zlib that RFC 9110 asks for. */
  private static boolean isFramed(Bytes body) {
    int first = body.at(0) & 0xff;
    return (first & 0x0f) == ZLIB && body.size() > 1 && (first << 8 | body.at(1) & 0xff) % 31 == 0;
  }

  private static InputStream open(Bytes body, String coding, Inflater inflater) throws IOException {
    InputStream in = new ByteArrayInputStream(body.toArray());
    // All of it at once: what is left in the buffer at the end is what nobody has taken.
    return coding.equals("deflate")
        ? new InflaterInputStream(in, inflater, body.size())
        : new Gzip(in, body.size());
  }

  /** One or several members; the JDK is silent about what stands behind the last. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    Gzip(InputStream in, int size) throws IOException {
      super(in, size);
    }

    int rest() {
      return inf.getRemaining() - TRAILER;
    }
  }

  private Http1Content flawed(Bytes bytes, Flaw.Kind kind, String what) {
    return new Http1Content(bytes, Optional.of(new Flaw(kind, side, at, what)));
  }
}
