package dev.partyline.script;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks, before anything opens, that a side can play what it is given. */
final class RoleCheck {
  /** What is left of 64 KiB for UDP over IPv4 (RFC 768, RFC 791). */
  private static final int LARGEST = 65_507;

  private final Script script;
  private final @Nullable Side own;
  private final Transport transport;

  /** The names that ended with a block, and which kind of block that was. */
  private final Map<String, String> ended = new HashMap<>();

  RoleCheck(Script script, @Nullable Side own, Transport transport) {
    this.script = script;
    this.own = own;
    this.transport = transport;
  }

  void check(List<Instruction> ops) {
    check(ops, new HashSet<>(script.values().keySet()));
  }

  static String noConnections(Step.Act act) {
    return "UDP has no connections; expected no '" + act.deed().word() + "' over it";
  }

  private void check(List<Instruction> ops, Set<String> known) {
    boolean gone = false;
    for (int i = 0; i < ops.size(); i++) {
      Instruction op = ops.get(i);
      if (op instanceof Instruction.Say say
          && MessageEncoder.lacksBody(say.parts())
          && saysMore(ops, i + 1)) {
        throw script.wrong(
            say.step(),
            "${body-length} counts its own message, which has no body; expected the body in the same"
                + " message: 'pause', 'mark', 'await', 'cut' and a block end it");
      }
      if (gone && (op instanceof Instruction.Expect || op instanceof Instruction.Unordered)) {
        throw script.wrong(
            op.step(),
            "the " + own + " has closed the connection; expected nothing more after that");
      }
      check(op, known);
      gone |= leaves(op);
    }
  }

  private static boolean leaves(Instruction op) {
    // The usual operations first: no class is loaded for a script that has none of its kind.
    return !(op instanceof Instruction.Say || op instanceof Instruction.Expect)
        && op instanceof Instruction.Do act
        && (act.step().deed() == Step.Deed.CLOSE || act.step().deed() == Step.Deed.RESET);
  }

  private void check(Instruction op, Set<String> known) {
    if (op instanceof Instruction.Say say) {
      say(say, known);
    } else if (op instanceof Instruction.Expect expect) {
      take(expect, known);
    } else if (op instanceof Instruction.Unordered unordered) {
      unordered.items().forEach(item -> take(item, known));
    } else if (op instanceof Instruction.Do act) {
      connected(act.step());
    } else if (op instanceof Instruction.StartTls && !transport.isStream()) {
      throw script.wrong(op.step(), "UDP has no connections; expected no 'tls' over it");
    } else if (op instanceof Instruction.Loop loop) {
      if (loop.isEndless() && !waits(loop.ops())) {
        throw script.wrong(
            loop.step(), "a pass neither expects nor pauses; expected it to wait for something");
      }
      within("pass of 'repeat'", loop.ops(), known);
    } else if (op instanceof Instruction.Choice choice) {
      choice.branches().forEach(branch -> branch(branch, known));
    } else if (op instanceof Instruction.Both both) {
      Set<String> client = new HashSet<>(known);
      Set<String> server = new HashSet<>(known);
      check(both.client(), client);
      check(both.server(), server);
      known.addAll(client);
      known.addAll(server);
    }
  }

  private static boolean saysMore(List<Instruction> ops, int from) {
    for (Instruction op : ops.subList(from, ops.size())) {
      if (op instanceof Instruction.Say
          || op instanceof Instruction.Loop loop && saysMore(loop.ops(), 0)) {
        return true;
      }
      if (!(op instanceof Instruction.Pause
          || op instanceof Instruction.Mark
          || op instanceof Instruction.Await)) {
        return false;
      }
    }
    return false;
  }

  private void say(Instruction.Say say, Set<String> known) {
    if (!transport.isStream() && say.constant() != null && say.constant().size() > LARGEST) {
      throw script.wrong(
          say.step(),
          "a message of "
              + say.constant().size()
              + " bytes; expected at most "
              + LARGEST
              + ", which is what a datagram can carry");
    }
    for (Part part : say.parts()) {
      if (part instanceof Part.Fixed) {
        continue;
      }
      if (part instanceof Part.AnyByte) {
        throw script.wrong(
            lineOf(say, part), "?? in what the " + own + " says; expected the byte itself");
      }
      if (part instanceof Part.Placeholder taken) {
        if (!taken.keeps()) {
          throw script.wrong(
              lineOf(say, part),
              "${*} in what the " + own + " says; expected the bytes themselves");
        }
        if (!known.contains(taken.name())) {
          throw script.wrong(lineOf(say, part), unknown(taken.name()));
        }
      }
      if (part instanceof Part.BodyLength && !MessageEncoder.hasBody(say.parts())) {
        throw script.wrong(
            lineOf(say, part),
            "${body-length}: expected an empty line after it in the same message");
      }
    }
  }

  private String unknown(String name) {
    String block = ended.get(name);
    String why =
        block == null
            ? "; expected an earlier line that takes it"
            : ": it ended with the " + block + " that took it; expected a line outside to take it";
    return String.format(
        "${%s} has no value in what the %s says%s, or with(\"%s\", …)", name, own, why, name);
  }

  private static Step lineOf(Instruction.Say say, Part part) {
    return say.lines().stream()
        .filter(line -> line.parts().contains(part))
        .findFirst()
        .map(Step.class::cast)
        .orElse(say.step());
  }

  private static void take(Instruction.Expect expect, Set<String> known) {
    for (Part part : expect.parts()) {
      if (!(part instanceof Part.Fixed)
          && part instanceof Part.Placeholder taken
          && taken.keeps()) {
        known.add(taken.name());
      }
    }
  }

  private void connected(Step.Act act) {
    boolean needsStream = act.deed() == Step.Deed.FINISH || act.deed() == Step.Deed.RESET;
    if (needsStream && !transport.isStream()) {
      throw script.wrong(act, noConnections(act));
    }
  }

  private void branch(Instruction.Branch branch, Set<String> known) {
    Instruction first = branch.ops().isEmpty() ? null : branch.ops().get(0);
    if (!(first instanceof Instruction.Expect || first instanceof Instruction.ExpectAct)) {
      throw script.wrong(
          branch.step(),
          "the branch starts with a line of the "
              + own
              + ", who plays; expected a line of the "
              + (own == null ? "peer" : own.peer()));
    }
    within("branch of 'when'", branch.ops(), known);
  }

  /** Checks a block whose names end with it. */
  private void within(String block, List<Instruction> ops, Set<String> known) {
    Set<String> inside = new HashSet<>(known);
    check(ops, inside);
    inside.removeAll(known);
    for (String name : inside) {
      ended.put(name, block);
    }
  }

  /** Whether there is anything in it to wait for: on UDP there is at least the datagram. */
  private boolean takesBytes(Instruction.Expect expect) {
    return !transport.isStream() || !expect.parts().isEmpty();
  }

  private boolean waits(List<Instruction> ops) {
    return ops.stream()
        .anyMatch(
            op ->
                (op instanceof Instruction.Expect expect && takesBytes(expect))
                    || op instanceof Instruction.ExpectAct
                    || op instanceof Instruction.Unordered
                    || op instanceof Instruction.Choice
                    || op instanceof Instruction.Pause
                    || op instanceof Instruction.Loop loop && waits(loop.ops())
                    || op instanceof Instruction.Both both
                        && (waits(both.client()) || waits(both.server())));
  }
}
