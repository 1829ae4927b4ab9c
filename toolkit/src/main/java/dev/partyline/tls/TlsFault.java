package dev.partyline.tls;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.Optional;

/** How TLS fails on purpose: an immutable value. The owner of the connection carries it out. */
public sealed interface TlsFault {

  /**
   * Returns the bytes that are sent in place of the first handshake messages, if there are any.
   *
   * @param side who sends them: a client at once, a server when it has received something
   */
  default Optional<Bytes> insteadOfHello(Side side) {
    return Optional.empty();
  }

  /**
   * The connection ends by FIN during the handshake, once this end has sent exactly so many bytes.
   *
   * @param bytes 0 or more, and fewer than this end sends in the handshake: otherwise the
   *     connection ends after the handshake, which fails a script
   */
  record CloseAfter(long bytes) implements TlsFault {
    /** Checks the number. */
    public CloseAfter {
      ArgumentChecks.atLeast("bytes", bytes, 0);
    }

    @Override
    public String toString() {
      return "TlsFault.closeAfter: a close after " + bytes + " bytes";
    }
  }

  /**
   * A fatal alert is sent instead of the hello (RFC 8446, 6), and the connection ends.
   *
   * @param description its number, from 0 to 255, such as 40 for {@code handshake_failure}
   */
  record FatalAlert(int description) implements TlsFault {
    /** Checks the number. */
    public FatalAlert {
      ArgumentChecks.inRange("description", description, 0, 255);
    }

    @Override
    public Optional<Bytes> insteadOfHello(Side side) {
      return Optional.of(HelloBytes.fatalAlert(description));
    }

    @Override
    public String toString() {
      return "TlsFault.fatalAlert: " + TlsAlert.nameOf(description) + " instead of a hello";
    }
  }

  /** The connection ends by FIN without a close_notify (RFC 8446, 6.1). */
  record NoCloseNotify() implements TlsFault {
    @Override
    public String toString() {
      return "TlsFault.noCloseNotify: an end without a close_notify";
    }
  }

  /**
   * Bytes that are not a TLS record are sent instead of the hello.
   *
   * @param bytes what is sent, from 1 to 16384 bytes, which fit into any send buffer
   */
  record Garbage(Bytes bytes) implements TlsFault {
    private static final int MAX_BYTES = 1 << 14;

    /** Checks how many there are. */
    public Garbage {
      if (bytes.isEmpty() || bytes.size() > MAX_BYTES) {
        throw new IllegalArgumentException(
            "bytes ("
                + bytes.size()
                + " of them) must be from 1 to "
                + MAX_BYTES
                + "; the first few show already that there is no record");
      }
    }

    @Override
    public Optional<Bytes> insteadOfHello(Side side) {
      return Optional.of(bytes);
    }

    @Override
    public String toString() {
      return "TlsFault.garbage: garbage instead of a hello";
    }
  }

  /**
   * A hello of SSL 3.0 is sent, which is not supported any more (RFC 7568), and nothing after it.
   */
  record WrongVersion() implements TlsFault {
    @Override
    public Optional<Bytes> insteadOfHello(Side side) {
      return Optional.of(
          side == Side.CLIENT ? HelloBytes.ssl3ClientHello() : HelloBytes.ssl3ServerHello());
    }

    @Override
    public String toString() {
      return "TlsFault.wrongVersion: a hello of SSL 3.0";
    }
  }

  /** No hello is sent; the connection stays open, and what the peer sends is read. */
  record NoHello() implements TlsFault {
    @Override
    public String toString() {
      return "TlsFault.noHello: silence instead of a hello";
    }
  }

  /** If the peer asks for another handshake on a connection of TLS 1.2, that is refused. */
  record RenegotiationRefused() implements TlsFault {
    @Override
    public String toString() {
      return "TlsFault.renegotiationRefused: a refused renegotiation";
    }
  }

  /** Returns {@link CloseAfter}. */
  static TlsFault closeAfter(long bytes) {
    return new CloseAfter(bytes);
  }

  /** Returns {@link FatalAlert}. */
  static TlsFault fatalAlert(TlsAlert alert) {
    return new FatalAlert(alert.description());
  }

  /**
   * Returns {@link FatalAlert}.
   *
   * @param name as the RFCs write it: {@code handshake_failure}
   * @throws IllegalArgumentException if there is none with that name
   */
  static TlsFault fatalAlert(String name) {
    return fatalAlert(TlsAlert.parse(name));
  }

  /** Returns {@link NoCloseNotify}. */
  static TlsFault noCloseNotify() {
    return new NoCloseNotify();
  }

  /** Returns {@link Garbage} that is a line of text. */
  static TlsFault garbage() {
    return garbage(Bytes.utf8("this is not a TLS record\r\n"));
  }

  /** Returns {@link Garbage}. */
  static TlsFault garbage(Bytes bytes) {
    return new Garbage(bytes);
  }

  /** Returns {@link WrongVersion}. */
  static TlsFault wrongVersion() {
    return new WrongVersion();
  }

  /** Returns {@link NoHello}. */
  static TlsFault noHello() {
    return new NoHello();
  }

  /** Returns {@link RenegotiationRefused}. */
  static TlsFault renegotiationRefused() {
    return new RenegotiationRefused();
  }
}
