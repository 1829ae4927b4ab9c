package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and literal addresses of hosts. Nothing here looks a name up. */
final class HostNames {
  private static final Path OWN_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Pattern DOTTED = Pattern.compile("\\d+(\\.\\d+){3}");
  private static final Pattern COLONS =
      Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final int LONGEST_NAME = 253;

  private HostNames() {}

  /** Returns what everything on this machine is reached by: four names at most. */
  static List<String> ofMachine() {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    names.addAll(own());
    return List.copyOf(names);
  }

  /** Returns the name of the machine, if it has one that can stand in a certificate. */
  private static List<String> own() {
    try {
      String name = ownName();
      return name == null ? List.of() : List.of(checked(name.strip()));
    } catch (IllegalArgumentException e) {
      // Docker, for one, lets a name have an underscore, which no certificate can have.
      return List.of();
    }
  }

  /** Java would look the address of the machine up in order to find its name. */
  private static @Nullable String ownName() {
    try {
      return Files.readString(OWN_NAME, US_ASCII);
    } catch (IOException e) {
      String windows = System.getenv("COMPUTERNAME");
      return windows == null ? System.getenv("HOSTNAME") : windows;
    }
  }

  /**
   * Returns names and addresses as certificates have them, each once.
   *
   * @throws IllegalArgumentException if one can be neither
   */
  static List<String> checked(String... hosts) {
    if (hosts.length == 0) {
      throw new IllegalArgumentException("hosts () must be one name or address at least");
    }
    Set<String> all = new LinkedHashSet<>();
    for (String host : hosts) {
      all.add(checked(host));
    }
    return Collections.unmodifiableList(new ArrayList<>(all));
  }

  private static String checked(String host) {
    byte @Nullable [] address = address(host);
    return address == null ? name(host, true) : bare(host).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a name in ASCII.
   *
   * @param wild whether its first label may be an asterisk
   */
  static String name(String host, boolean wild) {
    boolean star = wild && host.startsWith("*.");
    try {
      String ascii = IDN.toASCII(star ? host.substring(2) : host, IDN.USE_STD3_ASCII_RULES);
      String whole = (star ? "*." : "") + ascii.toLowerCase(Locale.ROOT);
      boolean number = ascii.substring(ascii.lastIndexOf('.') + 1).matches("\\d*");
      if (number || whole.length() > LONGEST_NAME || whole.contains("..")) {
        throw wrong(host, wild);
      }
      return whole;
    } catch (IllegalArgumentException e) {
      throw wrong(host, wild);
    }
  }

  private static IllegalArgumentException wrong(String host, boolean wild) {
    return new IllegalArgumentException(
        "host ("
            + host
            + ") must be a name such as mail.example"
            + (wild ? " or *.example, or a literal address such as 127.0.0.1 or ::1" : "")
            + ": labels of letters, digits and hyphens, 63 at most, none empty, 253 in all");
  }

  /** Returns the bytes of a literal address, 4 or 16, or null if it is none. */
  static byte @Nullable [] address(String host) {
    String bare = bare(host);
    if (DOTTED.matcher(bare).matches()) {
      return dotted(bare);
    }
    if (!COLONS.matcher(bare).matches()) {
      return null;
    }
    try {
      // What has a colon is never looked up.
      return InetAddress.getByName(bare).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte @Nullable [] dotted(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] address = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].length() > 3 || Integer.parseInt(parts[i]) > 255) {
        return null;
      }
      address[i] = (byte) Integer.parseInt(parts[i]);
    }
    return address;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns whether it can be sent as the name of the server: a name, and no address. */
  static boolean isName(String host) {
    if (host.isEmpty() || address(host) != null) {
      return false;
    }
    try {
      name(host, false);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
