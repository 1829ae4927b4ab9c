package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.partyline.internal.text.IpText;
import java.io.IOException;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and literal addresses of hosts; no name is looked up. */
final class HostNames {
  private static final Path HOSTNAME_FILE = Path.of("/proc/sys/kernel/hostname");
  private static final int MAX_NAME_CHARS = 253;

  private HostNames() {}

  /** Returns the names and addresses of this machine: four at most. */
  static List<String> ofMachine() {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    names.addAll(ownNames());
    return List.copyOf(names);
  }

  /** Returns the name of the machine, if it has one that a certificate can have. */
  private static List<String> ownNames() {
    try {
      String name = readOwnName();
      return name == null ? List.of() : List.of(normalized(name.strip()));
    } catch (IllegalArgumentException e) {
      // A name in Docker, for example, may have an underscore, which a certificate cannot have.
      return List.of();
    }
  }

  /** Reads the name from the system, because Java would look up the address of the machine. */
  private static @Nullable String readOwnName() {
    try {
      return Files.readString(HOSTNAME_FILE, US_ASCII);
    } catch (IOException e) {
      String windows = System.getenv("COMPUTERNAME");
      return windows == null ? System.getenv("HOSTNAME") : windows;
    }
  }

  /**
   * Returns names and addresses as certificates have them, each once.
   *
   * @throws IllegalArgumentException if one is neither a name nor an address
   */
  static List<String> normalized(String... hosts) {
    if (hosts.length == 0) {
      throw new IllegalArgumentException("hosts () must be one name or address at least");
    }
    Set<String> all = new LinkedHashSet<>();
    for (String host : hosts) {
      all.add(normalized(host));
    }
    return Collections.unmodifiableList(new ArrayList<>(all));
  }

  private static String normalized(String host) {
    byte @Nullable [] address = addressBytes(host);
    return address == null ? toAscii(host, true) : withoutBrackets(host).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a name in ASCII.
   *
   * @param wildcardAllowed whether its first label may be an asterisk
   */
  static String toAscii(String host, boolean wildcardAllowed) {
    boolean hasWildcard = wildcardAllowed && host.startsWith("*.");
    try {
      String ascii = IDN.toASCII(hasWildcard ? host.substring(2) : host, IDN.USE_STD3_ASCII_RULES);
      String fullName = (hasWildcard ? "*." : "") + ascii.toLowerCase(Locale.ROOT);
      boolean isNumeric = ascii.substring(ascii.lastIndexOf('.') + 1).matches("\\d*");
      if (isNumeric || fullName.length() > MAX_NAME_CHARS || fullName.contains("..")) {
        throw invalidHost(host, wildcardAllowed);
      }
      return fullName;
    } catch (IllegalArgumentException e) {
      throw invalidHost(host, wildcardAllowed);
    }
  }

  private static IllegalArgumentException invalidHost(String host, boolean wildcardAllowed) {
    return new IllegalArgumentException(
        "host ("
            + host
            + ") must be a name such as mail.example"
            + (wildcardAllowed
                ? " or *.example, or a literal address such as 127.0.0.1 or ::1"
                : "")
            + ": labels of letters, digits and hyphens, 63 at most, none empty, 253 in all");
  }

  /** Returns the 4 or 16 bytes of a literal address, or null if it is not one. */
  static byte @Nullable [] addressBytes(String host) {
    return IpText.parse(withoutBrackets(host));
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns whether it can be sent as the name of the server, as an address cannot. */
  static boolean isName(String host) {
    if (host.isEmpty() || addressBytes(host) != null) {
      return false;
    }
    try {
      toAscii(host, false);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
