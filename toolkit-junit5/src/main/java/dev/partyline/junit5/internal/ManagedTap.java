package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.loopback.Tap;
import dev.partyline.replay.CassetteSession;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A tap, which must be used, and whose faults may have to fire. */
public final class ManagedTap extends ManagedResource {
  private final InjectionPoint injectionPoint;
  private final Tap tap;
  private final boolean mustBeUsed;
  private final Set<Fault> reportedFaults = new HashSet<>();
  private final Optional<CassetteSession> session;
  private boolean unusedReported;
  private boolean cassetteProblemReported;

  /**
   * Makes the resource.
   *
   * @param session the cassette that the tap is recorded to, or that it is in front of, if any
   */
  public ManagedTap(
      InjectionPoint injectionPoint,
      Tap tap,
      boolean mustBeUsed,
      Optional<CassetteSession> session) {
    super(injectionPoint.name(), tap::backgroundFailures, tap::drainInput, tap::close);
    this.session = session;
    this.injectionPoint = injectionPoint;
    this.tap = tap;
    this.mustBeUsed = mustBeUsed;
  }

  @Override
  public String label() {
    return "tap `" + name() + "`";
  }

  @Override
  public Tap endpoint() {
    return tap;
  }

  @Override
  Redaction redaction() {
    return tap.redaction();
  }

  @Override
  public void await() {
    drainInput();
  }

  @Override
  synchronized Optional<String> takeFailure(boolean requireFinished) {
    if (!requireFinished) {
      return Optional.empty();
    }
    tap.drainInput();
    List<String> messages = new ArrayList<>();
    if (mustBeUsed && !unusedReported && isUnused()) {
      unusedReported = true;
      messages.add(
          "no connection came through "
              + this
              + ": is the client using its address?\n  tap       "
              + tap
              + "\n");
    }
    takeCassetteProblem().ifPresent(messages::add);
    takeMisses(tap.weatherReport().unfiredFaults()).ifPresent(messages::add);
    return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("", messages));
  }

  /** Returns why the recording cannot be replayed, while the test can still fail for it. */
  private Optional<String> takeCassetteProblem() {
    if (isUnused() || cassetteProblemReported || !isRecording()) {
      return Optional.empty();
    }
    try {
      session.ifPresent(CassetteSession::text);
      return Optional.empty();
    } catch (IllegalStateException e) {
      cassetteProblemReported = true;
      return Optional.of(this + ": " + e.getMessage() + "\n");
    }
  }

  private boolean isRecording() {
    return session.isPresent() && !session.get().isReplaying();
  }

  @Override
  boolean isUnused() {
    return !tap.isUsed();
  }

  /** Returns the failure that these faults had to fire and did not, unless it is known already. */
  private Optional<String> takeMisses(Collection<Fault> faults) {
    return describeMisses(faults.stream().filter(reportedFaults::add).toList());
  }

  /**
   * Returns the failure that faults had to fire and did not while a test ran. The next test may
   * have equal ones, but the class does not report them again.
   */
  synchronized Optional<String> takeMissesOfTest(Collection<Fault> faults) {
    reportedFaults.addAll(faults);
    return describeMisses(faults);
  }

  private Optional<String> describeMisses(Collection<Fault> faults) {
    return WeatherText.misses(this, faults, remarks());
  }

  /**
   * Saves the cassette if it is recorded; the test has passed.
   *
   * @throws IllegalStateException if the recording cannot be replayed
   */
  @Override
  void passed() {
    if (isRecording() && tap.isUsed()) {
      session.ifPresent(CassetteSession::complete);
    }
  }

  @Override
  List<String> remarks() {
    List<String> lines = new ArrayList<>();
    session
        .filter(CassetteSession::isReplaying)
        .ifPresent(
            each -> {
              lines.add(
                  "cassette  "
                      + each.file()
                      + " is replayed; -Dpartyline.cassette=always records it anew");
              each.advice().forEach(line -> lines.add("          " + line));
            });
    lines.addAll(WeatherText.remarks(tap));
    return lines;
  }

  @Override
  List<String> remarks(Conversation conversation) {
    return ledgerRemarks(conversation);
  }

  /** Returns a line about how each side of a conversation ended. */
  static List<String> ledgerRemarks(Conversation conversation) {
    return conversation.ledger().isEmpty()
        ? List.of()
        : List.of(
            "closed    "
                + conversation.ledger().stream()
                    .map(ManagedTap::describe)
                    .collect(Collectors.joining("; ")));
  }

  private static String describe(Termination termination) {
    return String.format(
        Locale.ROOT,
        "%s %s after %d bytes, at %.3f ms%s",
        termination.side(),
        termination.kind().toString().replace('_', '-'),
        termination.offset(),
        termination.nanos() / 1e6,
        termination.cause().isEmpty() ? "" : " (" + termination.cause() + ")");
  }

  @Override
  public String toString() {
    return injectionPoint.toString();
  }
}
