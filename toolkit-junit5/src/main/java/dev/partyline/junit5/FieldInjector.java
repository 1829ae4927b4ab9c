package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.PortLease;
import dev.partyline.loopback.Tap;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives annotated fields what they ask for: ports, listeners and taps now, clients when the test
 * begins.
 */
final class FieldInjector {
  private final TestEndpoints cast;
  private final MemberLookup members;
  private final @Nullable Object instance;

  private FieldInjector(TestEndpoints cast, MemberLookup members, @Nullable Object instance) {
    this.cast = cast;
    this.members = members;
    this.instance = instance;
  }

  /** Serves the static fields of a test class. */
  static void fillStatic(ExtensionContext context) {
    MemberLookup members = new MemberLookup(context.getRequiredTestClass(), List.of());
    new FieldInjector(TestEndpoints.of(context), members, null).fill();
  }

  /** Serves the instance fields of a test, those of the classes around it too. */
  static void fillInstances(ExtensionContext context) {
    List<Object> instances = context.getRequiredTestInstances().getAllInstances();
    for (int i = 0; i < instances.size(); i++) {
      Object instance = instances.get(i);
      MemberLookup members = new MemberLookup(instance.getClass(), instances.subList(0, i + 1));
      new FieldInjector(TestEndpoints.of(context), members, instance).fill();
    }
  }

  private void fill() {
    annotated(InWeather.class).forEach(this::requireTap);
    each(
        FreePort.class,
        (opening, asked, slot) -> take(slot, opening.lease()),
        int.class,
        PortLease.class);
    each(
        FreePorts.class,
        (opening, asked, slot) -> take(slot, opening.lease(asked)),
        int[].class,
        PortLease.class);
    each(
        ScriptedListener.class,
        (opening, asked, slot) -> take(slot, opening.start(asked)),
        Listener.class);
    each(
        Tapped.class,
        (opening, asked, slot) ->
            take(
                slot,
                opening.start(
                    asked, AnnotationSupport.findAnnotation(slot.field(), InWeather.class))),
        Tap.class);
    each(
        ScriptedClient.class,
        (opening, asked, slot) -> cast.enterLater(() -> take(slot, opening.start(asked))),
        Client.class);
  }

  private <A extends Annotation> void each(
      Class<A> annotation, Filling<A> filling, Class<?>... types) {
    for (Field field : inOrder(annotated(annotation))) {
      InjectionPoint element = InjectionPoint.of(annotation, field);
      element.requireType(types);
      InjectedField slot = new InjectedField(field, instance);
      if (instance != null || cast.claim(field)) {
        slot.requireFree(element);
        A asked = AnnotationSupport.findAnnotation(field, annotation).orElseThrow();
        filling.fill(new EndpointFactory(element, members, cast), asked, slot);
      }
    }
  }

  private List<Field> annotated(Class<? extends Annotation> annotation) {
    return AnnotationSupport.findAnnotatedFields(members.test(), annotation, this::isOurs);
  }

  /** Of taps that stand in front of one another the inner one comes first. */
  private static List<Field> inOrder(List<Field> fields) {
    List<Field> waiting = new ArrayList<>(fields);
    List<Field> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Field next =
          waiting.stream()
              .filter(field -> waiting.stream().noneMatch(other -> isInFrontOf(field, other)))
              .findFirst()
              // Two that stand in front of each other: the first finds the second empty.
              .orElse(waiting.get(0));
      ordered.add(next);
      waiting.remove(next);
    }
    return ordered;
  }

  private static boolean isInFrontOf(Field tap, Field other) {
    return AnnotationSupport.findAnnotation(tap, Tapped.class)
        .filter(asked -> asked.to().equals(other.getName()))
        .isPresent();
  }

  private void requireTap(Field field) {
    if (!AnnotationSupport.isAnnotated(field, Tapped.class)) {
      throw InjectionPoint.of(InWeather.class, field).wrong("must stand beside @Tapped");
    }
  }

  private boolean isOurs(Field field) {
    return Modifier.isStatic(field.getModifiers()) == (instance == null);
  }

  private void take(InjectedField slot, Object started) {
    slot.fill(started);
    cast.atExit(slot::clear);
  }

  /** What becomes of a field. */
  private interface Filling<A extends Annotation> {
    void fill(EndpointFactory opening, A asked, InjectedField slot);
  }
}
