package dev.partyline.junit5;

import dev.partyline.script.Redaction;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.tls.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the annotations of listeners and clients say, as it is written there. */
record ScriptedOptions(
    InjectionPoint element,
    String text,
    String resource,
    String member,
    String time,
    String board,
    String tls,
    List<String> secrets) {
  static ScriptedOptions of(InjectionPoint element, ScriptedListener asked) {
    return new ScriptedOptions(
        element,
        asked.value(),
        asked.resource(),
        asked.script(),
        asked.deadline(),
        asked.board(),
        asked.tls(),
        List.of(asked.redact()));
  }

  static ScriptedOptions of(InjectionPoint element, ScriptedClient asked) {
    return new ScriptedOptions(
        element,
        asked.value(),
        asked.resource(),
        asked.script(),
        asked.deadline(),
        asked.board(),
        asked.tls(),
        List.of(asked.redact()));
  }

  /** Returns the script, if there is one. */
  Optional<Script> script(MemberLookup members) {
    List<String> given =
        Stream.of(
                text.isEmpty() ? "" : "value",
                resource.isEmpty() ? "" : "resource",
                member.isEmpty() ? "" : "script")
            .filter(name -> !name.isEmpty())
            .toList();
    if (given.size() > 1) {
      throw element.wrong(
          "must have one of value, resource and script, but has " + String.join(" and ", given));
    }
    if (!text.isEmpty()) {
      return Optional.of(Script.parse(text, element.home()));
    }
    if (!resource.isEmpty()) {
      return Optional.of(Script.resource(element.home(), resource));
    }
    return member.isEmpty() ? Optional.empty() : Optional.of(named(members));
  }

  private Script named(MemberLookup members) {
    return members.value(
        element,
        "script",
        member,
        "a Script",
        value -> value instanceof Script script ? Optional.of(script) : Optional.empty());
  }

  /** Returns the time as the language reads it, for it is written as there. */
  Duration deadline() {
    try {
      List<Step> steps = Script.parse("pause " + time).steps();
      if (steps.size() == 1 && steps.get(0) instanceof Step.Pause pause) {
        return pause.time();
      }
    } catch (ScriptException e) {
      // Its line and column mean nothing in an annotation.
    }
    throw element.wrong(
        String.format(
            "has deadline = \"%s\", which must be a time above 0 with its unit (ns, us, ms, s, m),"
                + " such as 500ms",
            time));
  }

  /** Returns the terms of TLS, if it is spoken on others than a script starts it on by itself. */
  Optional<Tls> security(MemberLookup members) {
    if (tls.isEmpty()) {
      return Optional.empty();
    }
    if (tls.equals("standard")) {
      return Optional.of(Tls.standard());
    }
    return Optional.of(
        members.value(
            element,
            "tls",
            tls,
            "a Tls",
            value -> value instanceof Tls terms ? Optional.of(terms) : Optional.empty()));
  }

  Redaction redaction() {
    return redaction(secrets);
  }

  static Redaction redaction(List<String> secrets) {
    Redaction redaction = Redaction.standard();
    for (String secret : secrets) {
      redaction = redaction.pattern(secret);
    }
    return redaction;
  }
}
