package dev.partyline.view.tls;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.tls.TlsAlert;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A conversation read as TLS without keys: its records, what was offered and chosen, and alerts in
 * plaintext.
 *
 * <p>What is malformed or cut short is a {@link Flaw}; no bytes make it throw. Nothing is
 * decrypted, and nothing guessed. Records of TLS 1.3 look like those of TLS 1.2, as they are meant
 * to.
 */
public final class TlsMessages {
  /**
   * An alert in plaintext (RFC 8446, 6).
   *
   * @param side who sent it
   * @param offset the offset of its record in what the side sent
   * @param level 1 for a warning, 2 for a fatal one
   * @param description its number, such as 40 for {@code handshake_failure}
   */
  public record AlertMessage(Side side, long offset, int level, int description) {
    /** Returns it as a line, such as {@code server 0: fatal alert handshake_failure}. */
    @Override
    public String toString() {
      String levelName = level == 2 ? "fatal " : level == 1 ? "warning " : "level " + level + " ";
      String name = TlsAlert.nameOf(description);
      return side + " " + offset + ": " + levelName + "alert " + name;
    }
  }

  private final TlsSideReader client;
  private final TlsSideReader server;

  private TlsMessages(TlsSideReader client, TlsSideReader server) {
    this.client = client;
    this.server = server;
  }

  /**
   * Returns a conversation read as TLS from the first byte of each side on.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public static TlsMessages of(Conversation conversation) {
    return of(conversation, 0, 0);
  }

  /**
   * Returns a conversation read as TLS from somewhere in the middle, such as after STARTTLS.
   *
   * @param clientOffset the offset in what the client sent of its first record, from 0
   * @param serverOffset the same of the server
   * @throws IllegalArgumentException if one is negative
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public static TlsMessages of(Conversation conversation, long clientOffset, long serverOffset) {
    return new TlsMessages(
        TlsSideReader.of(new SideReader(conversation, Side.CLIENT, clientOffset)),
        TlsSideReader.of(new SideReader(conversation, Side.SERVER, serverOffset)));
  }

  private TlsSideReader sideReader(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** Returns the records of a side in order; the last may be cut short. */
  public List<TlsRecord> records(Side side) {
    return sideReader(side).records();
  }

  /**
   * Returns what the client offers, once that is complete; the first offer if the server asked for
   * another.
   */
  public Optional<ClientHello> clientHello() {
    return Optional.ofNullable(client.clientHello());
  }

  /** Returns what the server chose, once that is complete. */
  public Optional<ServerHello> serverHello() {
    return Optional.ofNullable(server.serverHello());
  }

  /** Returns the alerts in plaintext: of the client, then of the server. */
  public List<AlertMessage> alerts() {
    return Stream.of(client, server).flatMap(each -> each.alerts().stream()).toList();
  }

  /** Returns the flaws: of the client, then of the server, the first 100 of a side. */
  public List<Flaw> flaws() {
    return Stream.of(client, server).flatMap(each -> each.flaws().stream()).toList();
  }

  /** Returns everything as lines: what was offered and chosen, records, alerts, flaws. */
  @Override
  public String toString() {
    Stream<Object> lines =
        Stream.of(
                Stream.of(clientHello(), serverHello()).flatMap(Optional::stream),
                records(Side.CLIENT).stream(),
                records(Side.SERVER).stream(),
                alerts().stream(),
                flaws().stream())
            .flatMap(each -> each);
    return String.join("", lines.map(line -> line + "\n").toList());
  }
}
