package dev.partyline.internal.relay;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.spi.ConnectionDirection;
import org.jspecify.annotations.Nullable;

/**
 * What a relay is made of, its two channels aside.
 *
 * @param loop what serves it
 * @param injector the faults
 * @param direction the direction from the client to the server
 * @param recorder where it writes what it sees
 * @param clientTls how TLS is used with the client, null for not at all
 * @param serverTls how TLS is used with the server, null for not at all
 * @param failures where its own failures go
 */
record RelayOptions(
    EventLoop loop,
    FaultInjector injector,
    ConnectionDirection direction,
    RelayRecorder recorder,
    @Nullable TlsSetup clientTls,
    @Nullable TlsSetup serverTls,
    BackgroundFailures failures) {}
