package dev.partyline.junit5;

import dev.partyline.junit5.internal.InjectionPoint;
import dev.partyline.junit5.internal.MemberLookup;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The attributes of {@link ScriptedListener} or {@link ScriptedClient}, which it reads. */
record ScriptedOptions(
    InjectionPoint injectionPoint,
    String text,
    String resource,
    String memberName,
    String deadlineText,
    String marks,
    String tls,
    List<String> secrets) {
  static ScriptedOptions of(InjectionPoint injectionPoint, ScriptedListener annotation) {
    return new ScriptedOptions(
        injectionPoint,
        annotation.value(),
        annotation.resource(),
        annotation.script(),
        annotation.deadline(),
        annotation.marks(),
        annotation.tls(),
        List.of(annotation.redact()));
  }

  static ScriptedOptions of(InjectionPoint injectionPoint, ScriptedClient annotation) {
    return new ScriptedOptions(
        injectionPoint,
        annotation.value(),
        annotation.resource(),
        annotation.script(),
        annotation.deadline(),
        annotation.marks(),
        annotation.tls(),
        List.of(annotation.redact()));
  }

  /** Returns the script, if there is one. */
  Optional<Script> script(MemberLookup members) {
    List<String> givenAttributes =
        Stream.of(
                text.isEmpty() ? "" : "value",
                resource.isEmpty() ? "" : "resource",
                memberName.isEmpty() ? "" : "script")
            .filter(name -> !name.isEmpty())
            .toList();
    if (givenAttributes.size() > 1) {
      throw injectionPoint.configurationError(
          "must have one of value, resource and script, but has "
              + String.join(" and ", givenAttributes));
    }
    if (!text.isEmpty()) {
      return Optional.of(Script.parse(text, injectionPoint.declaringClass()));
    }
    if (!resource.isEmpty()) {
      return Optional.of(Script.resource(injectionPoint.declaringClass(), resource));
    }
    return memberName.isEmpty() ? Optional.empty() : Optional.of(memberScript(members));
  }

  private Script memberScript(MemberLookup members) {
    return members.value(
        injectionPoint,
        "script",
        memberName,
        "a Script",
        value -> value instanceof Script script ? Optional.of(script) : Optional.empty());
  }

  /** Reads the deadline as a script does, because it is written in the same way. */
  Duration deadline() {
    try {
      List<Step> steps = Script.parse("pause " + deadlineText).steps();
      if (steps.size() == 1 && steps.get(0) instanceof Step.Pause pause) {
        return pause.time();
      }
    } catch (ScriptException e) {
      // Its line and column are meaningless in an annotation.
    }
    throw injectionPoint.configurationError(
        String.format(
            "has deadline = \"%s\", which must be a time above 0 with its unit (ns, us, ms, s, m),"
                + " such as 500ms",
            deadlineText));
  }

  /** Returns the TLS settings, if the annotation has any. */
  Optional<Tls> resolveTls(MemberLookup members) {
    if (tls.isEmpty()) {
      return Optional.empty();
    }
    if (tls.equals("standard")) {
      return Optional.of(Tls.standard());
    }
    return Optional.of(
        members.value(
            injectionPoint,
            "tls",
            tls,
            "a Tls",
            value -> value instanceof Tls candidate ? Optional.of(candidate) : Optional.empty()));
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
