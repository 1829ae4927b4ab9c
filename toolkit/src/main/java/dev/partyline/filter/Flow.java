package dev.partyline.filter;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a filter matches: the two ends of a connection, and what is known of it.
 *
 * @param transport what carries it
 * @param ipVersion the version of IP that its socket was opened for, 4 or 6: a socket for version 6
 *     may have IPv4 addresses; 0 for a Unix domain socket
 * @param source the end that sends, in a table the local one; null for a Unix domain socket
 * @param destination the end that receives, in a table the remote one; null if there is none, and
 *     for a Unix domain socket
 * @param path the path of a Unix domain socket; null if there is none
 * @param state the state of the TCP connection; null if there is none or it is not known
 * @param uid the user that has opened it; -1 if that is not known
 * @param pid the process that has it open; -1 if that is not known
 * @param program the name of that process's program; null if that is not known
 */
public record Flow(
    Transport transport,
    int ipVersion,
    @Nullable InetSocketAddress source,
    @Nullable InetSocketAddress destination,
    @Nullable String path,
    @Nullable TcpState state,
    long uid,
    long pid,
    @Nullable String program) {

  /**
   * Makes a flow of which nothing else is known; the addresses decide on the version of IP.
   *
   * @param transport what carries it
   * @param source the end that sends; null for a Unix domain socket
   * @param destination the end that receives; null if there is none
   * @param state the state of the TCP connection; null if there is none or it is not known
   * @param pid the process that has it open; -1 if that is not known
   */
  public Flow(
      Transport transport,
      @Nullable InetSocketAddress source,
      @Nullable InetSocketAddress destination,
      @Nullable TcpState state,
      long pid) {
    this(
        transport,
        ipVersion(transport, source == null ? destination : source),
        source,
        destination,
        null,
        state,
        -1,
        pid,
        null);
  }

  /** Returns the flow from the client to the server of a conversation. */
  static Flow of(Conversation conversation) {
    String client = conversation.address(Side.CLIENT);
    String server = conversation.address(Side.SERVER);
    boolean isUnix = conversation.transport() == Transport.UNIX;
    InetSocketAddress source = isUnix ? null : endpoint(client);
    InetSocketAddress destination = isUnix ? null : endpoint(server);
    int ipVersion = ipVersion(conversation.transport(), source == null ? destination : source);
    return new Flow(
        conversation.transport(),
        ipVersion,
        source,
        destination,
        isUnix ? server : null,
        null,
        -1,
        -1,
        null);
  }

  private static @Nullable InetSocketAddress endpoint(String text) {
    HostAndPort hostAndPort = HostAndPort.parse(text);
    if (hostAndPort == null) {
      return null;
    }
    InetAddress address = IpLiteral.parse(hostAndPort.host());
    return address == null
        ? null
        : new InetSocketAddress(address, Integer.parseInt(hostAndPort.port()));
  }

  /** Returns the flow in the other direction. */
  Flow reversed() {
    return new Flow(transport, ipVersion, destination, source, path, state, uid, pid, program);
  }

  private static int ipVersion(Transport transport, @Nullable InetSocketAddress endpoint) {
    if (transport == Transport.UNIX) {
      return 0;
    }
    return endpoint != null && endpoint.getAddress() instanceof Inet6Address ? 6 : 4;
  }
}
