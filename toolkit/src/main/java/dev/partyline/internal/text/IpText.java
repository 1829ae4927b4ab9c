package dev.partyline.internal.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses as text, IPv6 by RFC 5952; no name is ever looked up. */
public final class IpText {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_GROUPS = 8;

  private IpText() {}

  /** Returns {@code 127.0.0.1}, {@code ::1} and the like, without a zone. */
  public static String print(InetAddress address) {
    return print(address.getAddress());
  }

  /** Returns the text of an address of 4 or 16 bytes. */
  public static String print(byte[] address) {
    return address.length == IPV4_BYTES ? printIpv4(address) : printIpv6(address);
  }

  private static String printIpv4(byte[] address) {
    StringBuilder text = new StringBuilder().append(address[0] & 0xff);
    for (int i = 1; i < IPV4_BYTES; i++) {
      text.append('.').append(address[i] & 0xff);
    }
    return text.toString();
  }

  /** The first of the longest runs of two zero groups or more becomes {@code ::}. */
  private static String printIpv6(byte[] address) {
    int longestStart = -1;
    int longestLength = 1;
    for (int start = 0; start < IPV6_GROUPS; start++) {
      int end = start;
      while (end < IPV6_GROUPS && group(address, end) == 0) {
        end++;
      }
      if (end - start > longestLength) {
        longestStart = start;
        longestLength = end - start;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < IPV6_GROUPS; i++) {
      if (i == longestStart) {
        text.append("::");
        i += longestLength - 1;
      } else {
        boolean needsColon = i > 0 && text.charAt(text.length() - 1) != ':';
        text.append(needsColon ? ":" : "").append(Integer.toHexString(group(address, i)));
      }
    }
    return text.toString();
  }

  private static int group(byte[] address, int index) {
    return (address[2 * index] & 0xff) << 8 | address[2 * index + 1] & 0xff;
  }

  /**
   * Returns the bytes of an address, 4 of an IPv4-mapped one; null if the text is not an address.
   */
  public static byte @Nullable [] parse(String text) {
    if (text.indexOf(':') < 0) {
      byte[] bytes = parseDotted(text);
      return bytes != null && bytes.length == IPV4_BYTES ? bytes : null;
    }
    if (!text.matches("[0-9a-fA-F:.]+")) {
      return null;
    }
    try {
      // The JDK never looks up what stands in brackets.
      return InetAddress.getByName("[" + text + "]").getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * Returns the values of one to four decimal numbers with dots between them; null if it is not.
   */
  public static byte @Nullable [] parseDotted(String text) {
    String[] numbers = text.split("\\.", -1);
    if (numbers.length > IPV4_BYTES) {
      return null;
    }
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      // Some programs read a number with a leading zero as octal, so it has no one meaning.
      if (!numbers[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(numbers[i]) > 0xff) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(numbers[i]);
    }
    return bytes;
  }
}
