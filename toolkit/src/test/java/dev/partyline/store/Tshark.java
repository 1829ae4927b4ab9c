package dev.partyline.store;

import dev.partyline.peers.Program;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tshark reads in a file. */
final class Tshark {
  private static final Pattern FOLLOWED =
      Pattern.compile("(?m)^Filter: \\w+\\.stream eq (\\d+)\n.*\\n.*\\n((?:\\t?[0-9a-f]*\\n)*)=+$");
  private static final Pattern EXPERT_ROW =
      Pattern.compile("(?m)^ +\\d+ +\\w+ +(Frame|Ethernet|IPv[46]|TCP|UDP) +(.*)$");

  private Tshark() {}

  /** Returns what tshark says about the frames, IP, TCP and UDP with checksums validated. */
  static List<String> warnings(Path file) {
    String printed =
        run(
            file,
            "-o",
            "ip.check_checksum:TRUE",
            "-o",
            "tcp.check_checksum:TRUE",
            "-o",
            "udp.check_checksum:TRUE",
            "-z",
            "expert,warn",
            "-q");
    return EXPERT_ROW.matcher(printed).results().map(row -> row.group(2)).distinct().toList();
  }

  /** Returns what each side sent in each of so many streams. */
  static List<Map<Side, Bytes>> follow(Path file, String protocol, int streams) {
    List<String> arguments = new ArrayList<>(List.of("-q"));
    for (int i = 0; i < streams; i++) {
      arguments.addAll(List.of("-z", "follow," + protocol + ",raw," + i));
    }
    Matcher matcher = FOLLOWED.matcher(run(file, arguments.toArray(String[]::new)));
    Map<Integer, Map<Side, Bytes>> byStream = new TreeMap<>();
    while (matcher.find()) {
      byStream.put(Integer.valueOf(matcher.group(1)), sides(matcher.group(2)));
    }
    return List.copyOf(byStream.values());
  }

  private static Map<Side, Bytes> sides(String rows) {
    Map<Side, StringBuilder> hex = new EnumMap<>(Side.class);
    rows.lines()
        .forEach(
            row ->
                hex.computeIfAbsent(
                        row.startsWith("\t") ? Side.SERVER : Side.CLIENT,
                        side -> new StringBuilder())
                    .append(row.strip()));
    Map<Side, Bytes> sides = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      sides.put(side, Bytes.hex(hex.getOrDefault(side, new StringBuilder()).toString()));
    }
    return sides;
  }

  /** Returns the values of fields, a packet to a line. */
  static List<String> fields(Path file, String filter, String... fields) {
    List<String> arguments = new ArrayList<>(List.of("-T", "fields", "-E", "separator=|"));
    for (String field : fields) {
      arguments.addAll(List.of("-e", field));
    }
    arguments.addAll(List.of("-Y", filter));
    return run(file, arguments.toArray(String[]::new)).lines().toList();
  }

  static String run(Path file, String... arguments) {
    Object[] all =
        Stream.concat(Stream.of("-n", "-r", file.toString()), Stream.of(arguments)).toArray();
    return Program.run("", "tshark", all)
        .replaceFirst("Running as user \"root\" and group \"root\".*\\n", "");
  }
}
