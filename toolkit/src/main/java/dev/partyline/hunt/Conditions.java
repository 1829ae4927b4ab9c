package dev.partyline.hunt;

import dev.partyline.hunt.ConditionPart.Other;
import dev.partyline.weather.DatagramFaults;
import dev.partyline.weather.Fault;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** The conditions under which a test is run, by what it sent in clear weather. */
public final class Conditions {
  private static final Duration LATE = Duration.ofMillis(50);
  private static final Duration SLOW_READ = Duration.ofMillis(100);
  private static final Duration SLOW_CLOSE = Duration.ofMillis(100);

  /** Longer than a test that insists on an error in time has its program wait. */
  private static final Duration VERY_LATE = Duration.ofSeconds(1);

  private static final int RANDOM_CONDITIONS = 3;

  /** Has whatever a condition may need: line ends, characters of several bytes, an answer. */
  private static final List<Conversation> EXAMPLE =
      List.of(
          Conversation.of(
              List.of(
                  new Event.Sent(Side.CLIENT, 0, Bytes.utf8("t\u00e9l\u00e9phone\r\n")),
                  new Event.Sent(Side.SERVER, 1, Bytes.utf8("t\u00e9l\u00e9phone\r\n")),
                  new Event.Sent(Side.CLIENT, 2, Bytes.utf8("t\u00e9l\u00e9phone\r\n")))));

  private Conditions() {}

  /** Returns the names of all conditions for connections, of which a test may have some. */
  public static Set<String> namesOfStreams() {
    return names(ofStreams(EXAMPLE, 0));
  }

  /** Returns the names of all conditions. */
  public static Set<String> names() {
    List<NetworkCondition> all = new ArrayList<>(ofStreams(EXAMPLE, 0));
    for (Side side : Side.values()) {
      all.addAll(ofBrokenStreams(EXAMPLE, side));
    }
    all.addAll(ofDatagrams());
    return names(all);
  }

  private static Set<String> names(List<NetworkCondition> conditions) {
    Set<String> names = new LinkedHashSet<>();
    conditions.forEach(each -> names.add(each.name()));
    return names;
  }

  /**
   * Returns the conditions for connections: bytes in other pieces, sides in another order, and ends
   * that come late. Those that could not have an effect are left out.
   *
   * @param seed what conditions by chance are drawn from
   */
  public static List<NetworkCondition> ofStreams(List<Conversation> clear, long seed) {
    List<Conversation> streams =
        clear.stream().filter(each -> each.transport().isStream()).toList();
    if (streams.isEmpty()) {
      return List.of();
    }
    SideSlices client = new SideSlices(Side.CLIENT, streams);
    SideSlices server = new SideSlices(Side.SERVER, streams);
    List<NetworkCondition> conditions = new ArrayList<>();
    addSlices(conditions, "each message in halves", client, server, SideSlices::halves);
    addSlices(conditions, "one byte at a time", client, server, SideSlices::everywhere);
    addSlices(
        conditions, "each message by itself", client, server, slices -> slices.besideStarts(0));
    addSlices(conditions, "first bytes early", client, server, slices -> slices.besideStarts(1));
    addSlices(conditions, "last bytes late", client, server, slices -> slices.besideStarts(-1));
    addSlices(conditions, "between CR and LF", client, server, SideSlices::lineEnds);
    addSlices(conditions, "inside characters", client, server, SideSlices::characters);
    for (int i = 1; i <= RANDOM_CONDITIONS; i++) {
      long number = seed + i;
      addSlices(
          conditions, "random pieces " + i, client, server, slices -> slices.atRandom(number));
    }
    add(
        conditions,
        "everything together",
        new Other(Fault.coalesce(MessageGaps.quietTime(streams))));
    add(conditions, "late server", new Other(Fault.delay(LATE).from(Side.SERVER)));
    add(conditions, "late client", new Other(Fault.delay(LATE).from(Side.CLIENT)));
    add(
        conditions,
        "late end of the server",
        new Other(Fault.slowClose(SLOW_CLOSE).from(Side.SERVER)));
    add(
        conditions,
        "late end of the client",
        new Other(Fault.slowClose(SLOW_CLOSE).from(Side.CLIENT)));
    for (Side reader : List.of(Side.SERVER, Side.CLIENT)) {
      add(
          conditions,
          "slow reading by the " + reader,
          new Other(Fault.slowRead(SLOW_READ).from(reader.peer())));
    }
    return List.copyOf(conditions);
  }

  /**
   * Returns the conditions for connections that break in the last message of a side: by a FIN, by
   * an RST, and by silence in its middle, and by a FIN later, as far as after all but one byte,
   * because its beginning may be a head that is checked with more care. A message that another of
   * the peer follows also comes late, when the peer may have given up and asked again.
   */
  public static List<NetworkCondition> ofBrokenStreams(List<Conversation> clear, Side side) {
    List<Conversation> streams =
        clear.stream().filter(each -> each.transport().isStream()).toList();
    SideSlices slices = new SideSlices(side, streams);
    OptionalLong middle = slices.lastMiddle();
    if (middle.isEmpty()) {
      return List.of();
    }
    long offset = middle.getAsLong();
    String where = " in mid-message of the " + side;
    List<NetworkCondition> conditions = new ArrayList<>();
    add(conditions, "FIN" + where, new Other(Fault.limitData(offset).from(side)));
    if (streams.stream().allMatch(each -> each.transport() == Transport.TCP)) {
      add(conditions, "RST" + where, new Other(Fault.cutAfter(offset, CloseType.RST).from(side)));
    }
    add(conditions, "silence" + where, new Other(Fault.stall().from(side).startingAtByte(offset)));
    long last = slices.size() - 1;
    long late = offset + (slices.size() - offset) / 2;
    if (late > offset && late < last) {
      add(
          conditions,
          "FIN late in the last message of the " + side,
          new Other(Fault.limitData(late).from(side)));
    }
    if (last > offset) {
      add(
          conditions,
          "FIN before the last byte of the " + side,
          new Other(Fault.limitData(last).from(side)));
    }
    add(
        conditions,
        "very late message of the " + side,
        new Other(Fault.stall(VERY_LATE).from(side).startingAtByte(slices.lastAnswer())));
    return List.copyOf(conditions);
  }

  /** Returns the conditions for datagrams: lost, twice, late and in another order. */
  public static List<NetworkCondition> ofDatagrams(List<Conversation> clear) {
    return clear.stream().allMatch(each -> each.transport().isStream()) ? List.of() : ofDatagrams();
  }

  private static List<NetworkCondition> ofDatagrams() {
    List<NetworkCondition> conditions = new ArrayList<>();
    for (Side side : Side.values()) {
      String whose = " of the " + side;
      add(
          conditions,
          "first datagram" + whose + " lost",
          new Other(DatagramFaults.lossOf(1).from(side)));
      add(
          conditions,
          "first datagrams" + whose + " twice",
          new Other(DatagramFaults.duplicateOf(1, 2).from(side)));
      add(
          conditions,
          "first datagram" + whose + " late",
          new Other(DatagramFaults.reorderOf(1, LATE, 1).from(side)));
    }
    return List.copyOf(conditions);
  }

  private static void add(List<NetworkCondition> conditions, String name, ConditionPart... parts) {
    conditions.add(new NetworkCondition(name, List.of(parts), 0));
  }

  private static void addSlices(
      List<NetworkCondition> conditions,
      String name,
      SideSlices client,
      SideSlices server,
      Function<SideSlices, List<ConditionPart>> slice) {
    List<ConditionPart> parts = new ArrayList<>(slice.apply(client));
    parts.addAll(slice.apply(server));
    if (!parts.isEmpty()) {
      conditions.add(new NetworkCondition(name, parts, 0));
    }
  }
}
