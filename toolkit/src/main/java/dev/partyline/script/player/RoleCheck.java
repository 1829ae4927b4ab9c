package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.Step;
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
  private static final int MAX_DATAGRAM_BYTES = 65_507;

  private final Script script;
  private final @Nullable Side ownSide;
  private final Transport transport;

  /** The names that ended with a block, and which kind of block that was. */
  private final Map<String, String> expiredNames = new HashMap<>();

  RoleCheck(Script script, @Nullable Side ownSide, Transport transport) {
    this.script = script;
    this.ownSide = ownSide;
    this.transport = transport;
  }

  void check(List<Instruction> instructions) {
    check(instructions, new HashSet<>(script.values().keySet()));
  }

  static String noConnectionsProblem(Step.Control control) {
    return "UDP has no connections; expected no '" + control.kind().word() + "' over it";
  }

  private void check(List<Instruction> instructions, Set<String> knownNames) {
    boolean isClosed = false;
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      if (instruction instanceof Instruction.Send send
          && MessageEncoder.lacksBody(send.parts())
          && sendsMore(instructions, i + 1)) {
        throw script.error(
            send.step(),
            "${body-length} counts its own message, which has no body; expected the body in the same"
                + " message: 'pause', 'mark', 'await', 'cut' and a block end it");
      }
      if (isClosed
          && (instruction instanceof Instruction.Expect
              || instruction instanceof Instruction.AnyOrder)) {
        throw script.error(
            instruction.step(),
            "the " + ownSide + " has closed the connection; expected nothing more after that");
      }
      check(instruction, knownNames);
      isClosed |= closes(instruction);
    }
  }

  private static boolean closes(Instruction instruction) {
    // The usual operations first: no class is loaded for a script that has none of its kind.
    return !(instruction instanceof Instruction.Send || instruction instanceof Instruction.Expect)
        && instruction instanceof Instruction.Control control
        && (control.step().kind() == Step.ControlKind.CLOSE
            || control.step().kind() == Step.ControlKind.RESET);
  }

  private void check(Instruction instruction, Set<String> knownNames) {
    if (instruction instanceof Instruction.Send send) {
      checkSend(send, knownNames);
    } else if (instruction instanceof Instruction.Expect expect) {
      addNames(expect, knownNames);
    } else if (instruction instanceof Instruction.AnyOrder anyOrder) {
      anyOrder.items().forEach(item -> addNames(item, knownNames));
    } else if (instruction instanceof Instruction.Control control) {
      checkConnected(control.step());
    } else if (instruction instanceof Instruction.StartTls && !transport.isStream()) {
      throw script.error(instruction.step(), "UDP has no connections; expected no 'tls' over it");
    } else if (instruction instanceof Instruction.Loop loop) {
      if (loop.isEndless() && !waits(loop.instructions())) {
        throw script.error(
            loop.step(), "a pass neither expects nor pauses; expected it to wait for something");
      }
      checkBlock("pass of 'repeat'", loop.instructions(), knownNames);
    } else if (instruction instanceof Instruction.Choice choice) {
      choice.branches().forEach(branch -> checkBranch(branch, knownNames));
    } else if (instruction instanceof Instruction.Interleave interleave) {
      Set<String> client = new HashSet<>(knownNames);
      Set<String> server = new HashSet<>(knownNames);
      check(interleave.client(), client);
      check(interleave.server(), server);
      knownNames.addAll(client);
      knownNames.addAll(server);
    }
  }

  private static boolean sendsMore(List<Instruction> instructions, int start) {
    for (Instruction instruction : instructions.subList(start, instructions.size())) {
      if (instruction instanceof Instruction.Send
          || instruction instanceof Instruction.Loop loop && sendsMore(loop.instructions(), 0)) {
        return true;
      }
      if (!(instruction instanceof Instruction.Pause
          || instruction instanceof Instruction.Mark
          || instruction instanceof Instruction.Await)) {
        return false;
      }
    }
    return false;
  }

  private void checkSend(Instruction.Send send, Set<String> knownNames) {
    if (!transport.isStream()
        && send.constant() != null
        && send.constant().size() > MAX_DATAGRAM_BYTES) {
      throw script.error(
          send.step(),
          "a message of "
              + send.constant().size()
              + " bytes; expected at most "
              + MAX_DATAGRAM_BYTES
              + ", which is what a datagram can carry");
    }
    for (Part part : send.parts()) {
      if (part instanceof Part.Fixed) {
        continue;
      }
      if (part instanceof Part.AnyByte) {
        throw script.error(
            lineOf(send, part), "?? in what the " + ownSide + " says; expected the byte itself");
      }
      if (part instanceof Part.Placeholder placeholder) {
        if (!placeholder.isCapturing()) {
          throw script.error(
              lineOf(send, part),
              "${*} in what the " + ownSide + " says; expected the bytes themselves");
        }
        if (!knownNames.contains(placeholder.name())) {
          throw script.error(lineOf(send, part), unknownNameProblem(placeholder.name()));
        }
      }
      if (part instanceof Part.BodyLength && !MessageEncoder.hasBody(send.parts())) {
        throw script.error(
            lineOf(send, part),
            "${body-length}: expected an empty line after it in the same message");
      }
    }
  }

  private String unknownNameProblem(String name) {
    String block = expiredNames.get(name);
    String hint =
        block == null
            ? "; expected an earlier line that takes it"
            : ": it ended with the " + block + " that took it; expected a line outside to take it";
    return String.format(
        "${%s} has no value in what the %s says%s, or with(\"%s\", …)", name, ownSide, hint, name);
  }

  private static Step lineOf(Instruction.Send send, Part part) {
    return send.lines().stream()
        .filter(line -> line.parts().contains(part))
        .findFirst()
        .map(Step.class::cast)
        .orElse(send.step());
  }

  private static void addNames(Instruction.Expect expect, Set<String> knownNames) {
    for (Part part : expect.parts()) {
      if (!(part instanceof Part.Fixed)
          && part instanceof Part.Placeholder placeholder
          && placeholder.isCapturing()) {
        knownNames.add(placeholder.name());
      }
    }
  }

  private void checkConnected(Step.Control control) {
    boolean needsStream =
        control.kind() == Step.ControlKind.FINISH || control.kind() == Step.ControlKind.RESET;
    if (needsStream && !transport.isStream()) {
      throw script.error(control, noConnectionsProblem(control));
    }
  }

  private void checkBranch(Instruction.Branch branch, Set<String> knownNames) {
    Instruction first = branch.instructions().isEmpty() ? null : branch.instructions().get(0);
    if (!(first instanceof Instruction.Expect || first instanceof Instruction.ExpectClose)) {
      throw script.error(
          branch.step(),
          "the branch starts with a line of the "
              + ownSide
              + ", who plays; expected a line of the "
              + (ownSide == null ? "peer" : ownSide.peer()));
    }
    checkBlock("branch of 'when'", branch.instructions(), knownNames);
  }

  /** Checks a block whose names end with it. */
  private void checkBlock(String block, List<Instruction> instructions, Set<String> knownNames) {
    Set<String> innerNames = new HashSet<>(knownNames);
    check(instructions, innerNames);
    innerNames.removeAll(knownNames);
    for (String name : innerNames) {
      expiredNames.put(name, block);
    }
  }

  /** Whether there is anything in it to wait for: on UDP there is at least the datagram. */
  private boolean expectsInput(Instruction.Expect expect) {
    return !transport.isStream() || !expect.parts().isEmpty();
  }

  private boolean waits(List<Instruction> instructions) {
    return instructions.stream()
        .anyMatch(
            instruction ->
                (instruction instanceof Instruction.Expect expect && expectsInput(expect))
                    || instruction instanceof Instruction.ExpectClose
                    || instruction instanceof Instruction.AnyOrder
                    || instruction instanceof Instruction.Choice
                    || instruction instanceof Instruction.Pause
                    || instruction instanceof Instruction.Loop loop && waits(loop.instructions())
                    || instruction instanceof Instruction.Interleave interleave
                        && (waits(interleave.client()) || waits(interleave.server())));
  }
}
