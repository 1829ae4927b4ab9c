package dev.partyline.junit5;

import dev.partyline.hunt.Conditions;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.hunt.ConditionOrder;
import dev.partyline.junit5.internal.hunt.SoleAnnotation;
import dev.partyline.junit5.internal.hunt.WeatherRuns;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit extension behind {@link InEveryWeather}, which registers it.
 *
 * <p>The Javadoc of the annotation is the contract; tests need not name this type.
 */
public final class EveryWeatherExtension implements TestTemplateInvocationContextProvider {
  /** Called by JUnit. */
  public EveryWeatherExtension() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return SoleAnnotation.isOn(context.getRequiredTestMethod(), InEveryWeather.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    InEveryWeather annotation =
        AnnotationSupport.findAnnotation(method, InEveryWeather.class).orElseThrow();
    InjectionPoint injectionPoint = InjectionPoint.of(InEveryWeather.class, method);
    List<NetworkCondition> more = more(injectionPoint, annotation);
    return new WeatherRuns(
            injectionPoint,
            clear -> menu(annotation, more, clear),
            List.of(annotation.only()),
            List.of(annotation.except()),
            ConditionOrder.of(context))
        .stream();
  }

  private static List<NetworkCondition> more(
      InjectionPoint injectionPoint, InEveryWeather annotation) {
    List<NetworkCondition> more = new ArrayList<>();
    for (String text : annotation.more()) {
      more.add(NetworkCondition.of(text, WeatherReader.parse(injectionPoint, "more", text)));
    }
    return more;
  }

  private static List<NetworkCondition> menu(
      InEveryWeather annotation, List<NetworkCondition> more, List<Conversation> clear) {
    List<NetworkCondition> menu = new ArrayList<>(Conditions.ofStreams(clear, annotation.seed()));
    if (annotation.datagrams()) {
      menu.addAll(Conditions.ofDatagrams(clear));
    }
    for (Side side : annotation.broken()) {
      menu.addAll(Conditions.ofBrokenStreams(clear, side));
    }
    menu.addAll(more);
    return menu;
  }
}
