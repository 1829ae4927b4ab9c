/**
 * Where a connection goes on as another protocol, which is read as if a connection began there:
 * after CONNECT and Upgrade of HTTP, SOCKS, a header of PROXY, and in the messages of WebSocket.
 */
@NullMarked
package dev.partyline.internal.secrets.tunnels;

import org.jspecify.annotations.NullMarked;
