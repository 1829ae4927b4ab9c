package dev.partyline.junit5;

import dev.partyline.loopback.Tap;
import dev.partyline.script.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Report;
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

/** A tap, which somebody has to use, and whose weather may have had to do something. */
final class ManagedTap extends ManagedResource {
  private final Tap tap;
  private final boolean mustBeUsed;
  private final Set<Fault> told = new HashSet<>();
  private boolean idleTold;

  ManagedTap(InjectionPoint element, Tap tap, boolean mustBeUsed) {
    super(element, tap::problems, tap::close);
    this.tap = tap;
    this.mustBeUsed = mustBeUsed;
  }

  @Override
  Tap owner() {
    return tap;
  }

  @Override
  Redaction redaction() {
    return tap.redaction();
  }

  @Override
  void await() {
    tap.settle();
  }

  @Override
  synchronized Optional<String> failure(boolean toTheEnd) {
    if (!toTheEnd) {
      return Optional.empty();
    }
    tap.settle();
    List<String> facts = new ArrayList<>();
    if (mustBeUsed && !idleTold && isUnused()) {
      idleTold = true;
      facts.add(
          "no connection came through "
              + element()
              + ": is the client using its address?\n  tap       "
              + tap
              + "\n");
    }
    missed(tap.weatherReport().missed()).ifPresent(facts::add);
    return facts.isEmpty() ? Optional.empty() : Optional.of(String.join("", facts));
  }

  /** Those whom the weather refused cannot be counted, but the report knows of its refusing. */
  @Override
  boolean isUnused() {
    Report report = tap.weatherReport();
    return tap.recording().connections() == 0
        && report.faults().stream().allMatch(fault -> report.count(fault) == 0);
  }

  /** Returns the failure that these faults had to fire and did not, as far as it is news. */
  synchronized Optional<String> missed(Collection<Fault> faults) {
    List<Fault> news = faults.stream().filter(told::add).toList();
    if (news.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder("the weather of " + element() + " did not hit:\n");
    news.forEach(fault -> text.append("  missed    ").append(fault).append('\n'));
    weather().forEach(line -> text.append("  ").append(line).append('\n'));
    return Optional.of(text.toString());
  }

  @Override
  List<String> remarks() {
    return weather();
  }

  private List<String> weather() {
    Report report = tap.weatherReport();
    return report.faults().isEmpty()
        ? List.of()
        : List.of(
            "weather   " + report,
            "seed      " + tap.seed() + "; the same seed makes the same weather again");
  }

  @Override
  List<String> remarks(Conversation conversation) {
    return conversation.ledger().isEmpty()
        ? List.of()
        : List.of(
            "closed    "
                + conversation.ledger().stream()
                    .map(ManagedTap::words)
                    .collect(Collectors.joining("; ")));
  }

  private static String words(Termination close) {
    return String.format(
        Locale.ROOT,
        "%s %s after %d bytes, at %.3f ms%s",
        close.side(),
        close.how().toString().replace('_', '-'),
        close.offset(),
        close.nanos() / 1e6,
        close.cause().isEmpty() ? "" : " (" + close.cause() + ")");
  }
}
