package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
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
  private final Script script;
  private final @Nullable Side ownSide;
  private final Transport transport;

  /** The names whose value ended with a block, and which kind of block that was. */
  private final Map<String, String> expiredNames = new HashMap<>();

  RoleCheck(Script script, @Nullable Side ownSide, Transport transport) {
    this.script = script;
    this.ownSide = ownSide;
    this.transport = transport;
  }

  /**
   * Checks the instructions for one connection.
   *
   * @throws ScriptException if the side cannot play them
   */
  void check(List<Instruction> instructions) {
    check(instructions, new HashSet<>(script.values().keySet()));
  }

  /**
   * Refuses what only a connection can have.
   *
   * @throws ScriptException if the event is a FIN or an RST
   */
  static void checkOverDatagrams(Script script, Step.Control control) {
    if (control.kind() == Step.Control.Kind.FINISH || control.kind() == Step.Control.Kind.RESET) {
      throw script.error(
          control, "UDP has no connections; expected no '" + control.kind().word() + "' over it");
    }
  }

  /** Returns whether anything in the instructions waits for the peer, or for time to pass. */
  private boolean check(List<Instruction> instructions, Set<String> knownNames) {
    InstructionCheck check = new InstructionCheck(knownNames);
    boolean waits = false;
    boolean isClosed = false;
    boolean isReset = false;
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      if (instruction instanceof Instruction.SendMessage send
          && MessageEncoder.lacksBody(send.parts())
          && sendsMore(instructions.subList(i + 1, instructions.size()))) {
        throw script.error(
            send.step(),
            "${body-length} counts its own message, which has no body; expected the body in the same"
                + " message: 'pause', 'mark', 'await', 'cut' and a block end it");
      }
      if (isClosed && hasBytes(instruction)
          || isReset && instruction instanceof Instruction.ExpectClose) {
        throw script.error(
            instruction.step(),
            "the " + ownSide + " has closed the connection; expected nothing more after that");
      }
      waits |= instruction.accept(check);
      isClosed |= closes(instruction);
      isReset |= instruction instanceof Instruction.ControlConnection control && control.isReset();
    }
    return waits;
  }

  private static boolean closes(Instruction instruction) {
    return instruction instanceof Instruction.ControlConnection control && control.endsScript()
        || instruction instanceof Instruction.Interleave interleave
            && interleave.nested().stream().anyMatch(RoleCheck::closes);
  }

  private static boolean hasBytes(Instruction instruction) {
    return instruction instanceof Instruction.Expect
        || instruction instanceof Instruction.SendMessage
        || instruction instanceof Instruction.Block block
            && block.nested().stream().anyMatch(RoleCheck::hasBytes);
  }

  private static boolean sendsMore(List<Instruction> instructions) {
    for (Instruction instruction : instructions) {
      if (instruction instanceof Instruction.SendMessage
          || (instruction instanceof Instruction.Loop loop && sendsMore(loop.instructions()))) {
        return true;
      }
      if (!(instruction instanceof Instruction.Sleep
          || instruction instanceof Instruction.SetMark
          || instruction instanceof Instruction.AwaitMark)) {
        return false;
      }
    }
    return false;
  }

  /** Checks one instruction; returns whether it waits for the peer, or for time to pass. */
  private final class InstructionCheck implements InstructionVisitor<Boolean> {
    private final Set<String> knownNames;

    InstructionCheck(Set<String> knownNames) {
      this.knownNames = knownNames;
    }

    @Override
    public Boolean visit(Instruction.SendMessage send) {
      new SendCheck(ownSide, send, knownNames, expiredNames).check(script, transport);
      return false;
    }

    @Override
    public Boolean visit(Instruction.Expect expect) {
      checkEnds(expect);
      addNames(expect);
      // A line without bytes waits for nothing; on UDP there is still the datagram.
      return !expect.pattern().isEmpty() || !transport.isStream();
    }

    private void checkEnds(Instruction.Expect expect) {
      new EndCheck(script, knownNames, !transport.isStream()).check(expect.lines());
    }

    private void addNames(Instruction.Expect expect) {
      for (Part part : expect.pattern()) {
        if (part instanceof Part.Placeholder placeholder && placeholder.isCapturing()) {
          knownNames.add(placeholder.name());
        }
      }
    }

    @Override
    public Boolean visit(Instruction.AllowAny allowAny) {
      return false;
    }

    @Override
    public Boolean visit(Instruction.ExpectClose expectClose) {
      return true;
    }

    @Override
    public Boolean visit(Instruction.ControlConnection control) {
      if (!transport.isStream()) {
        checkOverDatagrams(script, control.step());
      } else if (transport == Transport.UNIX && control.step().kind() == Step.Control.Kind.RESET) {
        throw script.error(
            control.step(), "a Unix domain socket has no RST; expected 'close' over it");
      }
      return false;
    }

    @Override
    public Boolean visit(Instruction.Sleep pause) {
      return true;
    }

    @Override
    public Boolean visit(Instruction.SetMark mark) {
      return false;
    }

    /** Does not wait in every pass, because a mark stays set. */
    @Override
    public Boolean visit(Instruction.AwaitMark await) {
      return false;
    }

    @Override
    public Boolean visit(Instruction.UpgradeToTls startTls) {
      if (!transport.isStream()) {
        throw script.error(startTls.step(), "UDP has no connections; expected no 'tls' over it");
      }
      return false;
    }

    @Override
    public Boolean visit(Instruction.SetTimeout within) {
      return false;
    }

    @Override
    public Boolean visit(Instruction.Loop loop) {
      boolean waits = checkBlock("pass of 'repeat'", loop.instructions());
      if (loop.step().times() != 1) {
        NextPassCheck.check(script, loop);
      }
      if (loop.isEndless() && !waits) {
        throw script.error(
            loop.step(), "a pass neither expects nor pauses; expected it to wait for something");
      }
      return waits;
    }

    @Override
    public Boolean visit(Instruction.Choice choice) {
      choice.branches().forEach(this::checkBranch);
      return true;
    }

    private void checkBranch(Instruction.Branch branch) {
      List<Instruction> instructions = branch.instructions();
      if (instructions.isEmpty() || !(instructions.get(0) instanceof Instruction.Candidate)) {
        throw script.error(
            branch.step(),
            "the branch starts with a line of the "
                + ownSide
                + ", which plays this script; expected a line of the "
                + (ownSide == null ? "peer" : ownSide.peer()));
      }
      checkBlock("branch of 'when'", instructions);
    }

    /** Checks a block; names that it captures have no value after it. */
    private boolean checkBlock(String block, List<Instruction> instructions) {
      Set<String> innerNames = new HashSet<>(knownNames);
      boolean waits = check(instructions, innerNames);
      innerNames.removeAll(knownNames);
      innerNames.forEach(name -> expiredNames.put(name, block));
      return waits;
    }

    @Override
    public Boolean visit(Instruction.ExpectAll anyOrder) {
      anyOrder.items().forEach(this::checkEnds);
      anyOrder.items().forEach(this::addNames);
      return true;
    }

    @Override
    public Boolean visit(Instruction.Interleave interleave) {
      Set<String> client = new HashSet<>(knownNames);
      Set<String> server = new HashSet<>(knownNames);
      boolean clientWaits = check(interleave.client(), client);
      boolean serverWaits = check(interleave.server(), server);
      knownNames.addAll(client);
      knownNames.addAll(server);
      return clientWaits || serverWaits;
    }
  }
}
