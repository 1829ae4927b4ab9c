package dev.partyline.junit5;

import dev.partyline.junit5.internal.DurationReader;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.script.Script;
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
    KeepOptions keep,
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
        new KeepOptions(
            injectionPoint,
            annotation.keepHead(),
            annotation.keepTail(),
            annotation.keepInMemory()),
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
        new KeepOptions(
            injectionPoint,
            annotation.keepHead(),
            annotation.keepTail(),
            annotation.keepInMemory()),
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

  Duration deadline() {
    return duration("deadline", deadlineText);
  }

  /** Returns the time of an attribute. */
  Duration duration(String attribute, String value) {
    return DurationReader.read(injectionPoint, attribute, value);
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
