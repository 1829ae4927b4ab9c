package dev.partyline.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.peers.Program;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tshark finds in a capture, in the same text as what we find. */
final class TsharkStreams {
  /** What it has in the place of bytes that the capture lacks, with a zero at the end. */
  private static final Pattern MISSING =
      Pattern.compile("\\[\\d+ bytes missing in capture file]\\x00?");

  private final String output;

  private TsharkStreams(String output) {
    this.output = output;
  }

  /** Has tshark read a capture; it is asked for a few streams more than we have found. */
  static TsharkStreams read(Path capture, Recording ours) {
    List<Object> arguments = new ArrayList<>(List.of("-n", "-r", capture, "-T", "fields"));
    for (Transport transport : List.of(Transport.TCP, Transport.UDP)) {
      String protocol = name(transport);
      arguments.addAll(List.of("-e", protocol + ".stream"));
      int count = ours(ours, transport).size() + 3;
      for (int stream = 0; stream < count; stream++) {
        arguments.addAll(List.of("-z", "follow," + protocol + ",raw," + stream));
      }
    }
    arguments.addAll(List.of("-e", "frame.protocols"));
    return new TsharkStreams(Program.run("", "tshark", arguments.toArray()));
  }

  private static String name(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that ours are its streams, one for one and byte for byte. After the last gap of a side
   * we may have more, because tshark leaves out what was not acknowledged.
   */
  void check(Recording recording, Transport transport, Path capture) {
    List<Conversation> ours = ours(recording, transport);
    Map<Integer, Map<String, String>> theirs = parse(name(transport));
    Set<Integer> inTunnels = inTunnels(transport == Transport.TCP ? 0 : 1);
    for (Map.Entry<Integer, Map<String, String>> each : theirs.entrySet()) {
      // In LWAPP and the like it has the addresses of Ethernet.
      boolean isFollowed =
          each.getValue().keySet().stream().noneMatch(end -> end.matches(":0|(\\w\\w:){6}\\d+"));
      if (isFollowed && inTunnels.isEmpty()) {
        assertThat(ours).as("%s", capture).hasSizeGreaterThan(each.getKey());
        check(ours.get(each.getKey()), each.getValue(), capture + ", stream " + each.getKey());
      } else if (isFollowed && !inTunnels.contains(each.getKey())) {
        assertThat(ours.stream().map(TsharkStreams::kept).toList())
            .as("%s", capture)
            .contains(each.getValue());
      }
    }
  }

  private static void check(Conversation ours, Map<String, String> theirs, String description) {
    Map<String, String> kept = kept(ours);
    assertThat(kept.keySet()).as(description).isEqualTo(theirs.keySet());
    for (Side side : Side.values()) {
      String address = address(ours, side);
      boolean hasGap = ours.gaps().stream().anyMatch(gap -> gap.side() == side);
      if (hasGap) {
        assertThat(kept.get(address)).as(description).startsWith(theirs.get(address));
      } else {
        assertThat(kept.get(address)).as(description).isEqualTo(theirs.get(address));
      }
    }
  }

  private Set<Integer> inTunnels(int column) {
    return output
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields.length == 3 && fields[column].matches("[\\d,]+"))
        .filter(fields -> isInTunnel(fields[2]))
        .flatMap(fields -> Stream.of(fields[column].split(",", -1)))
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  private static boolean isInTunnel(String protocols) {
    return Stream.of(protocols.split(":", -1)).filter(each -> each.matches("ip|ipv6|eth")).count()
            > (protocols.startsWith("eth") ? 2 : 1)
        || protocols.contains(":icmp");
  }

  private Map<Integer, Map<String, String>> parse(String protocol) {
    TreeMap<Integer, Map<String, String>> result = new TreeMap<>();
    for (String part : output.split("(?m)^Follow: ", -1)) {
      String[] lines = part.split("\n", -1);
      if (lines.length < 4 || !lines[0].startsWith(protocol)) {
        continue;
      }
      StringBuilder[] sent = {new StringBuilder(), new StringBuilder()};
      for (int i = 4; i < lines.length && !lines[i].startsWith("="); i++) {
        sent[lines[i].startsWith("\t") ? 1 : 0].append(kept(lines[i].strip()));
      }
      Map<String, String> sides = new TreeMap<>();
      sides.put(lines[2].substring(8), sent[0].toString());
      sides.put(lines[3].substring(8), sent[1].toString());
      result.put(Integer.valueOf(lines[1].replaceAll(".* eq ", "")), sides);
    }
    return result;
  }

  private static String kept(String hex) {
    String text = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    return MISSING.matcher(text).matches() ? "" : hex;
  }

  private static List<Conversation> ours(Recording recording, Transport transport) {
    return recording.conversations().stream()
        .filter(conversation -> conversation.transport() == transport)
        .toList();
  }

  private static Map<String, String> kept(Conversation conversation) {
    Map<String, String> sides = new TreeMap<>();
    for (Side side : Side.values()) {
      sides.put(address(conversation, side), hex(conversation, side));
    }
    return sides;
  }

  private static String address(Conversation conversation, Side side) {
    return conversation.address(side);
  }

  /** Returns what was kept of a side. */
  private static String hex(Conversation conversation, Side side) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    conversation.forEachEvent(
        event -> {
          if (event instanceof Event.Sent sent && sent.side() == side) {
            out.writeBytes(sent.bytes().toArray());
          }
        });
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
