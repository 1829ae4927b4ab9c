package dev.partyline.junit5;

import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.jupiter.InjectedField;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Sets annotated fields: ports, listeners and taps at once, clients when the test begins. */
final class FieldInjector {
  private final TestEndpoints endpoints;
  private final MemberLookup members;
  private final @Nullable Object instance;

  private FieldInjector(TestEndpoints endpoints, MemberLookup members, @Nullable Object instance) {
    this.endpoints = endpoints;
    this.members = members;
    this.instance = instance;
  }

  /** Sets the static fields of a test class. */
  static void injectStatic(ExtensionContext context, TestEndpoints endpoints) {
    MemberLookup members = new MemberLookup(context.getRequiredTestClass(), List.of());
    new FieldInjector(endpoints, members, null).inject();
  }

  /** Sets the instance fields of a test, those of the classes around it too. */
  static void injectInstances(ExtensionContext context, TestEndpoints endpoints) {
    List<Object> instances = context.getRequiredTestInstances().getAllInstances();
    for (int i = 0; i < instances.size(); i++) {
      Object instance = instances.get(i);
      MemberLookup members = new MemberLookup(instance.getClass(), instances.subList(0, i + 1));
      new FieldInjector(endpoints, members, instance).inject();
    }
  }

  private void inject() {
    injectAll(
        FreePort.class,
        (factory, annotation, injectedField) -> assign(injectedField, factory.lease()),
        int.class,
        PortLease.class);
    injectAll(
        FreePorts.class,
        (factory, annotation, injectedField) -> assign(injectedField, factory.lease(annotation)),
        int[].class,
        PortLease.class);
    injectAll(
        ScriptedListener.class,
        (factory, annotation, injectedField) ->
            assign(injectedField, factory.start(annotation, inWeather(injectedField))),
        Listener.class);
    injectAll(
        Tapped.class,
        (factory, annotation, injectedField) ->
            assign(injectedField, startTap(factory, annotation, injectedField.field())),
        Tap.class);
    injectAll(
        ScriptedClient.class,
        (factory, annotation, injectedField) ->
            endpoints.startLater(
                () -> assign(injectedField, factory.start(annotation, inWeather(injectedField)))),
        Client.class);
  }

  private static Optional<InWeather> inWeather(InjectedField injectedField) {
    return AnnotationSupport.findAnnotation(injectedField.field(), InWeather.class);
  }

  private Tap startTap(EndpointFactory factory, Tapped annotation, Field field) {
    try {
      return factory.start(
          annotation,
          AnnotationSupport.findAnnotation(field, InWeather.class),
          AnnotationSupport.findAnnotation(field, Cassette.class));
    } catch (ExtensionConfigurationException e) {
      List<String> path = new ArrayList<>(List.of(field.getName()));
      throw isCircle(annotation, path)
          ? factory
              .injectionPoint()
              .configurationError(
                  "is in a circle of taps: "
                      + String.join(" is to ", path)
                      + "; one of them must be to a server",
                  e)
          : e;
    }
  }

  /** Follows a tap to other taps, and returns whether that leads to one of the path. */
  private boolean isCircle(Tapped annotation, List<String> path) {
    boolean closed = path.contains(annotation.to());
    path.add(annotation.to());
    return closed
        || annotatedFields(Tapped.class).stream()
            .filter(field -> field.getName().equals(annotation.to()))
            .flatMap(field -> AnnotationSupport.findAnnotation(field, Tapped.class).stream())
            .anyMatch(next -> isCircle(next, path));
  }

  private <A extends Annotation> void injectAll(
      Class<A> annotationType, Injection<A> injection, Class<?>... types) {
    for (Field field : innermostTapsFirst(annotatedFields(annotationType))) {
      InjectionPoint injectionPoint = InjectionPoint.of(annotationType, field);
      injectionPoint.requireType(types);
      InjectedField injectedField = new InjectedField(field, instance);
      if (instance != null || endpoints.isOwn(field)) {
        endpoints
            .claim(injectedField)
            .ifPresent(
                owner -> {
                  throw injectedField.inUse(injectionPoint, owner);
                });
        injectedField.requireUnset(injectionPoint);
        A annotation = AnnotationSupport.findAnnotation(field, annotationType).orElseThrow();
        injection.inject(
            new EndpointFactory(injectionPoint, members, endpoints), annotation, injectedField);
      }
    }
  }

  private List<Field> annotatedFields(Class<? extends Annotation> annotationType) {
    return AnnotationSupport.findAnnotatedFields(
        members.testClass(), annotationType, this::isInScope);
  }

  /**
   * If a tap is in front of another, the other comes first, because it needs to have an address.
   */
  private static List<Field> innermostTapsFirst(List<Field> fields) {
    List<Field> remaining = new ArrayList<>(fields);
    List<Field> result = new ArrayList<>();
    while (!remaining.isEmpty()) {
      Field next =
          remaining.stream()
              .filter(field -> remaining.stream().noneMatch(other -> isInFrontOf(field, other)))
              .findFirst()
              // If they are in a circle, the first one finds another one null, and fails.
              .orElse(remaining.get(0));
      result.add(next);
      remaining.remove(next);
    }
    return result;
  }

  private static boolean isInFrontOf(Field tap, Field other) {
    return AnnotationSupport.findAnnotation(tap, Tapped.class)
        .filter(annotation -> annotation.to().equals(other.getName()))
        .isPresent();
  }

  private boolean isInScope(Field field) {
    boolean isStatic = Modifier.isStatic(field.getModifiers());
    // The components of a record have their values from parameters of its constructor.
    return isStatic == (instance == null) && (isStatic || !field.getDeclaringClass().isRecord());
  }

  private void assign(InjectedField injectedField, Object value) {
    injectedField.set(value);
    endpoints.onClose(injectedField::clear);
  }

  /** Sets a field, now or later. */
  private interface Injection<A extends Annotation> {
    void inject(EndpointFactory factory, A annotation, InjectedField injectedField);
  }
}
