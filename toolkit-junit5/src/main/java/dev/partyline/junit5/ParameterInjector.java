package dev.partyline.junit5;

import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.netstat.ConnectionTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/** Makes the values of annotated parameters, in the scope in which these are resolved. */
final class ParameterInjector {
  private ParameterInjector() {}

  static boolean supports(ParameterContext parameter) {
    Placement.checkValue(parameter.getParameter());
    return Placement.hasValue(parameter.getParameter())
        || parameter.getParameter().getType() == ConnectionTable.class;
  }

  static Object resolve(
      ParameterContext parameter, ExtensionContext context, TestEndpoints endpoints) {
    MemberLookup members = members(parameter, context);
    Optional<InWeather> inWeather = parameter.findAnnotation(InWeather.class);
    Optional<ScriptedListener> listener = parameter.findAnnotation(ScriptedListener.class);
    if (listener.isPresent()) {
      InjectionPoint injectionPoint =
          InjectionPoint.of(ScriptedListener.class, parameter.getParameter());
      return new EndpointFactory(injectionPoint, members, endpoints)
          .start(listener.get(), inWeather);
    }
    Optional<ScriptedClient> client = parameter.findAnnotation(ScriptedClient.class);
    if (client.isPresent()) {
      InjectionPoint injectionPoint =
          InjectionPoint.of(ScriptedClient.class, parameter.getParameter());
      return new EndpointFactory(injectionPoint, members, endpoints).start(client.get(), inWeather);
    }
    Optional<Tapped> tap = parameter.findAnnotation(Tapped.class);
    if (tap.isPresent()) {
      InjectionPoint injectionPoint = InjectionPoint.of(Tapped.class, parameter.getParameter());
      return new EndpointFactory(injectionPoint, members, endpoints)
          .start(tap.get(), inWeather, parameter.findAnnotation(Cassette.class));
    }
    return parameter.isAnnotated(TappedEnvironment.class)
        ? environment(
            InjectionPoint.of(TappedEnvironment.class, parameter.getParameter()), endpoints)
        : ports(parameter, members, endpoints);
  }

  private static Object ports(
      ParameterContext parameter, MemberLookup members, TestEndpoints endpoints) {
    Optional<FreePorts> freePorts = parameter.findAnnotation(FreePorts.class);
    if (freePorts.isPresent()) {
      InjectionPoint injectionPoint = InjectionPoint.of(FreePorts.class, parameter.getParameter());
      return new EndpointFactory(injectionPoint, members, endpoints).lease(freePorts.get());
    }
    if (parameter.isAnnotated(FreePort.class)) {
      InjectionPoint injectionPoint = InjectionPoint.of(FreePort.class, parameter.getParameter());
      return new EndpointFactory(injectionPoint, members, endpoints).lease();
    }
    return ConnectionTable.snapshot();
  }

  private static Object environment(InjectionPoint injectionPoint, TestEndpoints endpoints) {
    if (injectionPoint.type() == Map.class) {
      return endpoints.environment();
    }
    if (injectionPoint.type() != ProcessBuilder.class) {
      throw injectionPoint.configurationError(
          "must be of type ProcessBuilder or Map, but is " + injectionPoint.type().getTypeName());
    }
    ProcessBuilder program = new ProcessBuilder();
    program.environment().putAll(endpoints.environment());
    return program;
  }

  /** The method may be in a class around that of the test, or in a superclass of either. */
  private static MemberLookup members(ParameterContext parameter, ExtensionContext context) {
    Class<?> declaringClass = parameter.getDeclaringExecutable().getDeclaringClass();
    Class<?> testClass = context.getRequiredTestClass();
    List<Object> instances =
        context.getTestInstances().map(all -> all.getAllInstances()).orElse(List.of());
    for (int i = instances.size() - 1; i >= 0; i--) {
      if (declaringClass.isInstance(instances.get(i))) {
        return new MemberLookup(instances.get(i).getClass(), instances.subList(0, i + 1));
      }
    }
    return new MemberLookup(
        declaringClass.isAssignableFrom(testClass) ? testClass : declaringClass, instances);
  }
}
