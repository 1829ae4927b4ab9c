package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.Ending;
import dev.partyline.script.Performance;
import dev.partyline.script.Picture;
import dev.partyline.script.Played;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A listener or client that a test was given, and what has been told of it already. */
final class Role {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int PICTURES = 5;
  private static final int LINES = 12;

  private final Element element;
  private final Played played;
  private final Duration deadline;
  private final Runnable settling;
  private final Supplier<List<AssertionError>> problems;
  private final Runnable closing;

  private final Set<Integer> told = new HashSet<>();
  private int problemsTold;

  private Role(
      Element element,
      Played played,
      Duration deadline,
      Runnable settling,
      Supplier<List<AssertionError>> problems,
      Runnable closing) {
    this.element = element;
    this.played = played;
    this.deadline = deadline;
    this.settling = settling;
    this.problems = problems;
    this.closing = closing;
  }

  static Role of(Element element, Listener listener, Duration deadline) {
    return new Role(
        element, listener, deadline, listener::settle, listener::problems, listener::close);
  }

  static Role of(Element element, Client client, Duration deadline) {
    return new Role(element, client, deadline, client::settle, List::of, client::close);
  }

  Element element() {
    return element;
  }

  Played played() {
    return played;
  }

  /** Waits until the script is played or has failed, a little longer than a player itself waits. */
  void await() {
    settling.run();
    played.recording().await(this::isOver, deadline.plus(GRACE));
  }

  private boolean isOver() {
    List<Performance> performances = played.performances();
    return performances.stream().anyMatch(Performance::failed)
        || performances.stream().allMatch(Performance::done);
  }

  /**
   * Returns what is wrong with the script and was not told before.
   *
   * @param toTheEnd whether what is not finished is wrong too
   */
  synchronized Optional<String> failure(boolean toTheEnd) {
    settling.run();
    List<String> pictures = new ArrayList<>();
    boolean failed = false;
    int more = 0;
    for (Performance each : played.performances()) {
      boolean news = toTheEnd ? !each.done() : hasFailed(each);
      if (news && told.add(each.connection())) {
        failed |= hasFailed(each);
        if (pictures.size() < PICTURES) {
          pictures.add(Picture.of(played, each.connection()));
        } else {
          more++;
        }
      }
    }
    if (more > 0) {
      pictures.add("… and " + more + " more connections like that\n");
    }
    if (toTheEnd) {
      pictures.addAll(unused());
    }
    String verdict = failed ? " failed:\n" : " was not finished:\n";
    return pictures.isEmpty()
        ? Optional.empty()
        : Optional.of("the script of " + element + verdict + String.join("", pictures));
  }

  /** Whether nobody has connected. */
  boolean isUnused() {
    return played.recording().connections() == 0;
  }

  boolean hasFailed() {
    return played.performances().stream().anyMatch(Role::hasFailed);
  }

  /** A player that was stopped did not fail: it is merely unfinished. */
  private static boolean hasFailed(Performance performance) {
    return performance.failed() && performance.ending().get() != Ending.STOPPED;
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

  /** Returns what went wrong behind the back of the test and was not told before. */
  synchronized List<AssertionError> problems() {
    List<AssertionError> all = problems.get();
    List<AssertionError> news = all.subList(problemsTold, all.size());
    problemsTold = all.size();
    return news;
  }

  /** Closes what was started, and returns what went wrong and was not told before. */
  List<AssertionError> close() {
    try {
      closing.run();
    } catch (AssertionError e) {
      if (problems.get().isEmpty()) {
        return List.of(e);
      }
    }
    return problems();
  }
}
