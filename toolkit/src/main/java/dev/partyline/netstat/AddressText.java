package dev.partyline.netstat;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.wire.Bytes;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Literal addresses as text; never a name, which would have to be looked up. */
final class AddressText {
  private AddressText() {}

  /** Returns {@code 127.0.0.1:80}, {@code [::1]:80} or {@code *}. */
  static String literal(@Nullable InetSocketAddress address) {
    return address == null ? "*" : HostAndPort.print(address);
  }

  /** Returns a path with control characters escaped; empty for an unnamed socket. */
  static String path(@Nullable String path) {
    return path == null ? "" : Bytes.utf8(path).escaped();
  }
}
