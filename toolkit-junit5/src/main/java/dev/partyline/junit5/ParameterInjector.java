package dev.partyline.junit5;

import dev.partyline.watch.ConnectionTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/** Gives annotated parameters what they ask for, in the scope in which they are resolved. */
final class ParameterInjector {
  private ParameterInjector() {}

  static boolean isOurs(ParameterContext parameter) {
    return parameter.isAnnotated(FreePort.class)
        || parameter.isAnnotated(FreePorts.class)
        || parameter.isAnnotated(ScriptedListener.class)
        || parameter.isAnnotated(ScriptedClient.class)
        || parameter.isAnnotated(Tapped.class)
        || parameter.isAnnotated(TappedEnvironment.class)
        || parameter.getParameter().getType() == ConnectionTable.class;
  }

  static Object resolve(ParameterContext parameter, ExtensionContext context) {
    TestEndpoints cast = TestEndpoints.of(context);
    MemberLookup members = members(parameter, context);
    Optional<ScriptedListener> listener = parameter.findAnnotation(ScriptedListener.class);
    if (listener.isPresent()) {
      InjectionPoint element = InjectionPoint.of(ScriptedListener.class, parameter.getParameter());
      return new EndpointFactory(element, members, cast).start(listener.get());
    }
    Optional<ScriptedClient> client = parameter.findAnnotation(ScriptedClient.class);
    if (client.isPresent()) {
      InjectionPoint element = InjectionPoint.of(ScriptedClient.class, parameter.getParameter());
      return new EndpointFactory(element, members, cast).start(client.get());
    }
    Optional<Tapped> tap = parameter.findAnnotation(Tapped.class);
    if (tap.isPresent()) {
      InjectionPoint element = InjectionPoint.of(Tapped.class, parameter.getParameter());
      Optional<InWeather> beside = parameter.findAnnotation(InWeather.class);
      return new EndpointFactory(element, members, cast).start(tap.get(), beside);
    }
    return parameter.isAnnotated(TappedEnvironment.class)
        ? environment(InjectionPoint.of(TappedEnvironment.class, parameter.getParameter()), cast)
        : ports(parameter, members, cast);
  }

  private static Object ports(
      ParameterContext parameter, MemberLookup members, TestEndpoints cast) {
    Optional<FreePorts> several = parameter.findAnnotation(FreePorts.class);
    if (several.isPresent()) {
      InjectionPoint element = InjectionPoint.of(FreePorts.class, parameter.getParameter());
      return new EndpointFactory(element, members, cast).lease(several.get());
    }
    if (parameter.isAnnotated(FreePort.class)) {
      InjectionPoint element = InjectionPoint.of(FreePort.class, parameter.getParameter());
      return new EndpointFactory(element, members, cast).lease();
    }
    return ConnectionTable.snapshot();
  }

  private static Object environment(InjectionPoint element, TestEndpoints cast) {
    if (element.type() == Map.class) {
      return cast.variables();
    }
    if (element.type() != ProcessBuilder.class) {
      throw element.wrong(
          "must be of type ProcessBuilder or Map, but is " + element.type().getTypeName());
    }
    ProcessBuilder program = new ProcessBuilder();
    program.environment().putAll(cast.variables());
    return program;
  }

  /** The method may stand in a class around the test's, or in a superclass of either. */
  private static MemberLookup members(ParameterContext parameter, ExtensionContext context) {
    Class<?> home = parameter.getDeclaringExecutable().getDeclaringClass();
    Class<?> test = context.getRequiredTestClass();
    List<Object> instances =
        context.getTestInstances().map(all -> all.getAllInstances()).orElse(List.of());
    for (int i = instances.size() - 1; i >= 0; i--) {
      if (home.isInstance(instances.get(i))) {
        return new MemberLookup(instances.get(i).getClass(), instances.subList(0, i + 1));
      }
    }
    return new MemberLookup(home.isAssignableFrom(test) ? test : home, instances);
  }
}
