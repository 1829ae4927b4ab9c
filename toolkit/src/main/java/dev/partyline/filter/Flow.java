package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a filter matches: the two ends of a connection, and what is known of it.
 *
 * @param transport what carries it
 * @param source the end that sends, in a table the local one; null for a Unix domain socket
 * @param destination the end that receives, in a table the remote one; null if there is none, and
 *     for a Unix domain socket
 * @param state the state of the TCP connection; null if there is none or it is not known
 * @param pid the process that has it open; -1 if that is not known
 */
public record Flow(
    Transport transport,
    @Nullable InetSocketAddress source,
    @Nullable InetSocketAddress destination,
    @Nullable TcpState state,
    long pid) {}
