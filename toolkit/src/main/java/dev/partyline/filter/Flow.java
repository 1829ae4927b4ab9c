package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a filter is asked about: who says something to whom.
 *
 * @param transport what carries it
 * @param source who says it, in a table the local end; null over a Unix domain socket
 * @param destination to whom, in a table the remote end; null if there is nobody yet, and over a
 *     Unix domain socket
 * @param state the state of the TCP connection; null if there is none or it is not known
 * @param pid the process that has it open; -1 if that is not known
 */
public record Flow(
    Transport transport,
    @Nullable InetSocketAddress source,
    @Nullable InetSocketAddress destination,
    @Nullable TcpState state,
    long pid) {}
