package dev.partyline.internal.har;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.regex.Pattern;

/** The absolute URL of a request (RFC 9110, 7.1). */
final class HarUrl {
  private static final Pattern ABSOLUTE = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://.+");

  /** What is said of a target that no URL has: that of OPTIONS for the server as a whole. */
  static final String ASTERISK_REMARK = "the target is *, which is not in the URL (RFC 9110, 7.1)";

  private HarUrl() {}

  /** Returns the scheme of what was sent on a connection. */
  static String scheme(Conversation conversation) {
    return conversation.tlsSessions().isEmpty() ? "http" : "https";
  }

  /** Returns the address of the server; {@code localhost} if it has none but a path. */
  static String serverAuthority(Conversation conversation) {
    String address = conversation.address(Side.SERVER);
    return HostAndPort.parse(address) == null || address.startsWith("/") ? "localhost" : address;
  }

  /**
   * Returns the URL.
   *
   * @param authority the value of Host, or what stands for it
   * @param target the target as it was sent
   */
  static String of(String scheme, String authority, String method, String target) {
    if (method.equals("CONNECT") && !target.isEmpty()) {
      return scheme + "://" + target;
    }
    if (ABSOLUTE.matcher(target).matches()) {
      return target;
    }
    String root = scheme + "://" + authority;
    boolean hasNoPath = target.equals("*") || target.startsWith("/");
    return root + (target.equals("*") ? "" : hasNoPath ? target : "/" + target);
  }

  /** Returns the query of a URL as it was sent; empty if it has none. */
  static String query(String url) {
    int mark = url.indexOf('?');
    int hash = url.indexOf('#', Math.max(0, mark));
    return mark < 0 ? "" : url.substring(mark + 1, hash < 0 ? url.length() : hash);
  }
}
