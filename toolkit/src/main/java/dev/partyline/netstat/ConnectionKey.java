package dev.partyline.netstat;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Which connection it is; the version is 0 for a Unix domain socket, whose path may be missing. */
record ConnectionKey(
    Transport transport,
    int ipVersion,
    @Nullable InetSocketAddress local,
    @Nullable InetSocketAddress remote,
    @Nullable String path) {}
