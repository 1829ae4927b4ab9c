package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.EndReason;
import dev.partyline.script.FailureText;
import dev.partyline.script.Redaction;
import dev.partyline.script.ScriptRun;
import dev.partyline.script.ScriptedPeer;
import dev.partyline.wire.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A listener or client, which plays a script. */
final class ManagedEndpoint extends ManagedResource {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int PICTURES = 5;
  private static final int LINES = 12;

  private final ScriptedPeer played;
  private final Duration deadline;
  private final Runnable settling;
  private final Set<Integer> told = new HashSet<>();

  ManagedEndpoint(InjectionPoint element, Listener listener, Duration deadline) {
    super(element, listener::problems, listener::close);
    this.played = listener;
    this.deadline = deadline;
    this.settling = listener::settle;
  }

  ManagedEndpoint(InjectionPoint element, Client client, Duration deadline) {
    super(element, List::of, client::close);
    this.played = client;
    this.deadline = deadline;
    this.settling = client::settle;
  }

  @Override
  Recorded owner() {
    return played;
  }

  @Override
  Redaction redaction() {
    return played.redaction();
  }

  @Override
  boolean isUnused() {
    return played.recording().connections() == 0;
  }

  @Override
  boolean hasFailed() {
    return played.performances().stream().anyMatch(ManagedEndpoint::hasFailed);
  }

  /** Waits until the script is played or has failed, a little longer than a player itself waits. */
  @Override
  void await() {
    settling.run();
    played.recording().await(this::isOver, deadline.plus(GRACE));
  }

  private boolean isOver() {
    List<ScriptRun> performances = played.performances();
    return performances.stream().anyMatch(ScriptRun::failed)
        || performances.stream().allMatch(ScriptRun::done);
  }

  @Override
  synchronized Optional<String> failure(boolean toTheEnd) {
    settling.run();
    // First, for a connection that takes a block in between is among the performances then.
    List<String> unused = toTheEnd ? unused() : List.of();
    List<String> pictures = new ArrayList<>();
    boolean failed = false;
    int more = 0;
    for (ScriptRun each : played.performances()) {
      boolean news = toTheEnd ? !each.done() : hasFailed(each);
      if (news && told.add(each.connection())) {
        failed |= hasFailed(each);
        if (pictures.size() < PICTURES) {
          pictures.add(FailureText.of(played, each.connection()));
        } else {
          more++;
        }
      }
    }
    if (more > 0) {
      pictures.add("… and " + more + " more connections like that\n");
    }
    pictures.addAll(unused);
    String verdict = failed ? " failed:\n" : " was not finished:\n";
    return pictures.isEmpty()
        ? Optional.empty()
        : Optional.of("the script of " + element() + verdict + String.join("", pictures));
  }

  /** A player that was stopped did not fail: it is merely unfinished. */
  private static boolean hasFailed(ScriptRun performance) {
    return performance.failed() && performance.ending().get() != EndReason.STOPPED;
  }

  private List<String> unused() {
    int number = played.performances().size();
    List<String> texts = new ArrayList<>();
    for (String block : played.unused()) {
      number++;
      List<String> lines = block.lines().toList();
      String shown = String.join("\n", lines.subList(0, Math.min(LINES, lines.size())));
      String rest = lines.size() > LINES ? "\n… " + (lines.size() - LINES) + " lines below" : "";
      texts.add("no connection " + number + " came for:\n" + (shown + rest).indent(2));
    }
    return texts;
  }
}
