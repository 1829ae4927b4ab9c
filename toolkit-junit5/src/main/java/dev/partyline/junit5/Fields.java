package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives annotated fields what they ask for: listeners now, clients when the test begins. */
final class Fields {
  private final Cast cast;
  private final Members members;
  private final @Nullable Object instance;

  private Fields(Cast cast, Members members, @Nullable Object instance) {
    this.cast = cast;
    this.members = members;
    this.instance = instance;
  }

  /** Serves the static fields of a test class. */
  static void fillStatic(ExtensionContext context) {
    Members members = new Members(context.getRequiredTestClass(), List.of());
    new Fields(Cast.of(context), members, null).fill();
  }

  /** Serves the instance fields of a test, those of the classes around it too. */
  static void fillInstances(ExtensionContext context) {
    List<Object> instances = context.getRequiredTestInstances().getAllInstances();
    for (int i = 0; i < instances.size(); i++) {
      Object instance = instances.get(i);
      Members members = new Members(instance.getClass(), instances.subList(0, i + 1));
      new Fields(Cast.of(context), members, instance).fill();
    }
  }

  private void fill() {
    each(
        ScriptedListener.class,
        Listener.class,
        (opening, asked, slot) -> take(slot, opening.start(asked)));
    each(
        ScriptedClient.class,
        Client.class,
        (opening, asked, slot) -> cast.enterLater(() -> take(slot, opening.start(asked))));
  }

  private <A extends Annotation> void each(Class<A> annotation, Class<?> type, Filling<A> filling) {
    for (Field field :
        AnnotationSupport.findAnnotatedFields(members.test(), annotation, this::isOurs)) {
      Element element = Element.of(annotation, field);
      element.requireType(type);
      Slot slot = new Slot(field, instance);
      if (instance != null || cast.claim(field)) {
        slot.requireFree(element);
        A asked = AnnotationSupport.findAnnotation(field, annotation).orElseThrow();
        filling.fill(new Openings(element, members, cast), asked, slot);
      }
    }
  }

  private boolean isOurs(Field field) {
    return Modifier.isStatic(field.getModifiers()) == (instance == null);
  }

  private void take(Slot slot, Object started) {
    slot.fill(started);
    cast.atExit(() -> slot.fill(null));
  }

  /** What becomes of a field. */
  private interface Filling<A extends Annotation> {
    void fill(Openings opening, A asked, Slot slot);
  }
}
