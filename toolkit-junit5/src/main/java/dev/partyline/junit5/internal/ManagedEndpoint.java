package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A listener or client, which plays a script. */
public final class ManagedEndpoint extends ManagedResource {
  private static final Duration DEADLINE_GRACE = Duration.ofSeconds(5);
  private static final int MAX_SHOWN_CONNECTIONS = 5;
  private static final int MAX_SHOWN_LINES = 12;

  private final InjectionPoint injectionPoint;
  private final ScriptedPeer peer;
  private final Weathered weather;
  private final Duration deadline;
  private final Set<Integer> reportedConnections = new HashSet<>();
  private final Set<Fault> reportedFaults = new HashSet<>();
  private final Set<Integer> reportedBlocks = new HashSet<>();
  private final Candidates candidates = new Candidates();

  public ManagedEndpoint(InjectionPoint injectionPoint, Listener listener, Duration deadline) {
    this(injectionPoint.name(), injectionPoint, listener, deadline);
  }

  private ManagedEndpoint(
      String name, InjectionPoint injectionPoint, Listener listener, Duration deadline) {
    super(name, listener::backgroundFailures, listener::drainInput, listener::close);
    this.injectionPoint = injectionPoint;
    this.peer = listener;
    this.weather = listener.weather();
    this.deadline = deadline;
  }

  /** Returns the listener that plays the cassette of a tap, whose name the tap itself has. */
  public static ManagedEndpoint ofCassette(
      InjectionPoint injectionPoint, Listener listener, Duration deadline) {
    return new ManagedEndpoint(
        injectionPoint.name() + "-cassette", injectionPoint, listener, deadline);
  }

  public ManagedEndpoint(InjectionPoint injectionPoint, Client client, Duration deadline) {
    super(injectionPoint.name(), client::backgroundFailures, client::drainInput, client::close);
    this.injectionPoint = injectionPoint;
    this.peer = client;
    this.weather = client.weather();
    this.deadline = deadline;
  }

  @Override
  public String label() {
    return (peer instanceof Listener ? "listener `" : "client `") + name() + "`";
  }

  @Override
  public Recorded endpoint() {
    return peer;
  }

  @Override
  Redaction redaction() {
    return peer.redaction();
  }

  @Override
  boolean isUnused() {
    return peer.recording().connections() == 0;
  }

  @Override
  boolean hasFailed() {
    return peer.runs().stream().anyMatch(ManagedEndpoint::hasFailed);
  }

  /**
   * Waits until the script is done or has failed, a little longer than a player itself waits. An
   * interrupt that the test has left behind does not end that.
   */
  @Override
  public void await() {
    drainInput();
    boolean interrupted = Thread.interrupted();
    peer.recording().await(this::isDone, deadline.plus(DEADLINE_GRACE));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDone() {
    List<ScriptRun> runs = peer.runs();
    return runs.stream().anyMatch(ScriptRun::failed) || runs.stream().allMatch(ScriptRun::done);
  }

  @Override
  void noteTests(Supplier<List<InnerTest>> running) {
    notedRuns(running);
  }

  /** Those that run are asked for last: who has caused what is in the runs is among them. */
  private synchronized List<ScriptRun> notedRuns(Supplier<List<InnerTest>> running) {
    drainInput();
    List<ScriptRun> runs = peer.runs();
    candidates.note(runs, running.get());
    return runs;
  }

  @Override
  synchronized Optional<String> takeFailureOf(
      InnerTest test, boolean testFailed, Supplier<List<InnerTest>> running) {
    return takeFailure(
        notedRuns(running),
        List.of(),
        run -> hasFailed(run) && candidates.blames(test, testFailed, run.connection()));
  }

  @Override
  synchronized void forgive(InnerTest test, Supplier<List<InnerTest>> running) {
    notedRuns(running).stream()
        .filter(ManagedEndpoint::hasFailed)
        .map(ScriptRun::connection)
        .filter(connection -> candidates.blames(test, false, connection))
        .forEach(reportedConnections::add);
  }

  @Override
  synchronized Optional<String> takeFailure(boolean requireFinished) {
    drainInput();
    // First, because a connection that takes a block after this is among the runs below.
    List<String> unusedBlocks = requireFinished ? unusedBlocks() : List.of();
    Optional<String> scriptFailure =
        takeFailure(
            peer.runs(), unusedBlocks, run -> requireFinished ? !run.done() : hasFailed(run));
    Optional<String> misses = requireFinished ? takeMisses() : Optional.empty();
    return scriptFailure.isPresent() && misses.isPresent()
        ? Optional.of(scriptFailure.get() + misses.get())
        : scriptFailure.or(() -> misses);
  }

  /** Returns the failure that faults had to fire and did not, unless it is known already. */
  private Optional<String> takeMisses() {
    List<Fault> missed =
        weather.weatherReport().unfiredFaults().stream().filter(reportedFaults::add).toList();
    return WeatherText.misses(this, missed, remarks());
  }

  @Override
  List<String> remarks() {
    return WeatherText.remarks(weather);
  }

  private Optional<String> takeFailure(
      List<ScriptRun> runs, List<String> unusedBlocks, Predicate<ScriptRun> isFailure) {
    List<String> texts = new ArrayList<>();
    boolean failed = false;
    int omitted = 0;
    // One that was only stopped may be the consequence of another.
    List<ScriptRun> failedFirst =
        runs.stream().sorted(Comparator.comparing(run -> !hasFailed(run))).toList();
    for (ScriptRun each : failedFirst) {
      if (isFailure.test(each) && reportedConnections.add(each.connection())) {
        failed |= hasFailed(each);
        if (texts.size() < MAX_SHOWN_CONNECTIONS) {
          texts.add(FailureText.of(peer, each.connection()) + candidates.row(each.connection()));
        } else {
          omitted++;
        }
      }
    }
    if (omitted > 0) {
      texts.add("… and " + omitted + " more connections like that\n");
    }
    texts.addAll(unusedBlocks);
    String outcome = failed ? " failed:\n" : " was not finished:\n";
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of("the script of " + this + outcome + String.join("", texts));
  }

  @Override
  synchronized void markReported() {
    peer.runs().stream()
        .filter(run -> !run.done() && !hasFailed(run))
        .map(ScriptRun::connection)
        .forEach(reportedConnections::add);
  }

  /** A player that was stopped has not failed: it is only unfinished. */
  private static boolean hasFailed(ScriptRun run) {
    return run.failed() && run.endReason().get() != EndReason.STOPPED;
  }

  private List<String> unusedBlocks() {
    int number = peer.runs().size();
    List<String> texts = new ArrayList<>();
    for (String block : peer.unusedBlocks()) {
      number++;
      if (!reportedBlocks.add(number)) {
        continue;
      }
      List<String> lines = block.lines().toList();
      String excerpt = String.join("\n", lines.subList(0, Math.min(MAX_SHOWN_LINES, lines.size())));
      int omitted = lines.size() - MAX_SHOWN_LINES;
      String omission =
          omitted > 0 ? "\n… " + omitted + (omitted == 1 ? " line below" : " lines below") : "";
      texts.add(
          "no client connected for connection " + number + ":\n" + (excerpt + omission).indent(2));
    }
    return texts;
  }

  @Override
  public String toString() {
    return injectionPoint.toString();
  }
}
