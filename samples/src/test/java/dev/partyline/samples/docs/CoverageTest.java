package dev.partyline.samples.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.DatagramFaults;
import dev.partyline.weather.Fault;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that promise to have all of something have all of it. */
class CoverageTest {
  /** AssertJ's own. */
  private static final Set<String> NOT_OURS = Set.of("as", "describedAs");

  @Test
  void theAssertionsPageHasEachAssertion() {
    for (Class<?> type : PublicApi.types().values()) {
      if (type.getSimpleName().endsWith("Assert")) {
        Set<String> methods = PublicApi.ownMethods(type);
        methods.removeAll(NOT_OURS);
        assertThat(page("assertions.md")).as(type.getSimpleName()).contains(calls(methods));
      }
    }
  }

  @Test
  void theWeatherPageHasEachFault() {
    Set<String> faults =
        Stream.of(Fault.class, DatagramFaults.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .collect(toCollection(TreeSet::new));
    assertThat(faults).hasSizeGreaterThan(15);
    assertThat(page("taps-and-weather.md")).contains(calls(faults));
  }

  @Test
  void theJunitPageHasEachAnnotationAndAttribute() {
    String page = page("junit.md");
    for (Class<?> type : PublicApi.types().values()) {
      if (Annotation.class.isAssignableFrom(type)) {
        assertThat(page).contains("`@" + type.getSimpleName());
        for (Method attribute : type.getDeclaredMethods()) {
          assertThat(page).as(type.getSimpleName()).contains("`" + attribute.getName());
        }
      }
    }
  }

  private static Iterable<String> calls(Set<String> methods) {
    return methods.stream().map(name -> name + "(").toList();
  }

  private static String page(String name) {
    return Page.read(Page.ROOT.resolve("docs").resolve(name));
  }
}
