package dev.partyline.internal.net;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A text with an event on each line, {@code ->}, and what the event causes. */
public final class EventLines {
  private EventLines() {}

  /**
   * Plays the events of a text, and returns it with what they really caused.
   *
   * @param play plays one event, and returns what it caused
   */
  public static String play(String text, UnaryOperator<String> play) {
    return text.lines()
        .map(line -> line.split("->", 2)[0])
        .map(event -> (event + "-> " + play.apply(event.strip())).stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
