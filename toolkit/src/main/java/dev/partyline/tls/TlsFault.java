package dev.partyline.tls;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.Optional;

/**
 * A failure of TLS on purpose: an immutable value. It says what goes wrong; whoever owns the
 * connection does it.
 */
public sealed interface TlsFault {

  /**
   * Returns the bytes that go out in place of the handshake's first flight, if the fault is one of
   * bytes.
   *
   * @param side who sends them: a client sends them at once, a server when it has heard something
   */
  default Optional<Bytes> insteadOfHello(Side side) {
    return Optional.empty();
  }

  /**
   * The connection ends by FIN, in the middle of the handshake, once exactly so many bytes of this
   * end have been sent.
   *
   * @param bytes from 0 on; 0 ends it before the first. Fewer than the handshake takes of this end:
   *     else it is over before they are sent, which ends the connection too, and fails a script
   */
  record CloseAfter(long bytes) implements TlsFault {
    /** Checks the number. */
    public CloseAfter {
      ArgumentChecks.atLeast("bytes", bytes, 0);
    }

    @Override
    public String toString() {
      return "a cut after " + bytes + " bytes";
    }
  }

  /**
   * A fatal alert comes instead of the hello (RFC 8446, 6), and then the end.
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
      return "the alert " + TlsAlert.nameOf(description) + " instead of a hello";
    }
  }

  /** The connection ends by FIN without the close_notify that is to say so (RFC 8446, 6.1). */
  record NoCloseNotify() implements TlsFault {
    @Override
    public String toString() {
      return "no close_notify";
    }
  }

  /**
   * Bytes that are no record come instead of the hello.
   *
   * @param bytes what comes, from 1 to 16384, which any connection takes at once
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
      return "garbage instead of a hello";
    }
  }

  /**
   * The hello is one of SSL 3.0, which nobody speaks any more (RFC 7568), and nothing comes after
   * it.
   */
  record WrongVersion() implements TlsFault {
    @Override
    public Optional<Bytes> insteadOfHello(Side side) {
      return Optional.of(
          side == Side.CLIENT ? HelloBytes.ssl3ClientHello() : HelloBytes.ssl3ServerHello());
    }

    @Override
    public String toString() {
      return "a hello of SSL 3.0";
    }
  }

  /** Silence comes instead of the hello; the connection stays open, and what comes is read. */
  record NoHello() implements TlsFault {
    @Override
    public String toString() {
      return "silence instead of a hello";
    }
  }

  /** A handshake that the peer asks for on an established connection of TLS 1.2 is refused. */
  record RenegotiationRefused() implements TlsFault {
    @Override
    public String toString() {
      return "renegotiation refused";
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
   * @throws IllegalArgumentException if there is none of that name
   */
  static TlsFault fatalAlert(String name) {
    return fatalAlert(TlsAlert.parse(name));
  }

  /** Returns {@link NoCloseNotify}. */
  static TlsFault noCloseNotify() {
    return new NoCloseNotify();
  }

  /** Returns {@link Garbage} that anybody can read: a line of text. */
  static TlsFault garbage() {
    return garbage(Bytes.utf8("this is no record of TLS\r\n"));
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
