package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.PartVisitor;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.script.Suggestion;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that a side can send a message: it must know every byte of it. */
final class SendCheck implements PartVisitor<Optional<String>> {
  /** What headers leave of 64 KiB for UDP over IPv4 (RFC 768, RFC 791). */
  private static final int MAX_DATAGRAM_BYTES = 65_507;

  private final @Nullable Side ownSide;
  private final Instruction.SendMessage send;
  private final Set<String> knownNames;
  private final Map<String, String> expiredNames;

  /**
   * Makes the check.
   *
   * @param knownNames the names that have a value where the message is sent
   * @param expiredNames the names whose value ended with a block, and which kind of block that was
   */
  SendCheck(
      @Nullable Side ownSide,
      Instruction.SendMessage send,
      Set<String> knownNames,
      Map<String, String> expiredNames) {
    this.ownSide = ownSide;
    this.send = send;
    this.knownNames = knownNames;
    this.expiredNames = expiredNames;
  }

  /**
   * Checks the message.
   *
   * @throws ScriptException if it cannot be sent
   */
  void check(Script script, Transport transport) {
    Bytes constant = send.constant();
    if (!transport.isStream() && constant != null && constant.size() > MAX_DATAGRAM_BYTES) {
      throw script.error(
          send.step(),
          "a message of "
              + constant.size()
              + " bytes; expected at most "
              + MAX_DATAGRAM_BYTES
              + ", which is what a datagram can carry");
    }
    for (Part part : send.parts()) {
      Optional<String> problem = part.accept(this);
      if (problem.isPresent()) {
        throw script.error(lineOf(part), WireParts.beginning(part), problem.get());
      }
    }
  }

  private Step lineOf(Part part) {
    for (Step.Line line : send.lines()) {
      if (line.parts().contains(part)) {
        return line;
      }
    }
    return send.step();
  }

  @Override
  public Optional<String> visit(Part.Fixed fixed) {
    return Optional.empty();
  }

  @Override
  public Optional<String> visit(Part.File file) {
    return Optional.empty();
  }

  @Override
  public Optional<String> visit(Part.AnyByte anyByte) {
    return Optional.of("?? in what the " + ownSide + " sends; expected the byte itself");
  }

  @Override
  public Optional<String> visit(Part.BodyLength bodyLength) {
    return MessageEncoder.hasBody(send.parts())
        ? Optional.empty()
        : Optional.of("${body-length}: expected an empty line after it in the same message");
  }

  @Override
  public Optional<String> visit(Part.Placeholder placeholder) {
    if (!placeholder.isCapturing()) {
      return Optional.of("${*} in what the " + ownSide + " sends; expected the bytes themselves");
    }
    return knownNames.contains(placeholder.name())
        ? Optional.empty()
        : Optional.of(unknownNameProblem(placeholder.name()));
  }

  private String suggestion(String name) {
    return Suggestion.nearest(name, knownNames)
        .map(each -> " (did you mean ${" + each + "}?)")
        .orElse("");
  }

  private String unknownNameProblem(String name) {
    String block = expiredNames.get(name);
    String hint =
        block == null
            ? suggestion(name) + "; expected an earlier line that takes it"
            : ": it ended with the " + block + " that took it; expected a line outside to take it";
    return String.format(
        "${%s} has no value in what the %s sends%s, or with(\"%s\", …)", name, ownSide, hint, name);
  }
}
