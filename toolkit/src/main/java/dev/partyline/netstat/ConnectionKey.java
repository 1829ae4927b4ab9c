package dev.partyline.netstat;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What identifies a connection; a Unix domain socket has version 0, and may have no path. */
record ConnectionKey(
    Transport transport,
    int ipVersion,
    @Nullable InetSocketAddress local,
    @Nullable InetSocketAddress remote,
    @Nullable String path) {}
