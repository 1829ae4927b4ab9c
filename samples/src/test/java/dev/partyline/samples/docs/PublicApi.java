package dev.partyline.samples.docs;

import static java.util.stream.Collectors.toCollection;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users can call, as the files under {@code api} list it. */
final class PublicApi {
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^(?:package ([\\w.]+)|public [\\w ]*?(?:class|enum|record|@?interface) (\\w+)\\b)");

  private PublicApi() {}

  /** Returns the public types that are not nested, by their simple names. */
  static Map<String, Class<?>> types() {
    Map<String, Class<?>> types = new TreeMap<>();
    for (String module : new String[] {"toolkit", "toolkit-junit5"}) {
      String file = Page.read(Page.ROOT.resolve(module + "/api/partyline-" + module + ".api"));
      String packageName = "";
      for (var line : LINE.matcher(file).results().toList()) {
        if (line.group(1) != null) {
          packageName = line.group(1);
        } else {
          types.put(line.group(2), load(packageName + "." + line.group(2)));
        }
      }
    }
    return types;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the API names a type that is not there: " + name, e);
    }
  }

  /** Returns the names of all that a type and its supertypes let users call or read. */
  static Set<String> members(Class<?> type) {
    return Stream.of(
            Arrays.stream(type.getMethods()).map(Method::getName),
            Arrays.stream(type.getFields()).map(Field::getName),
            Arrays.stream(type.getClasses()).map(Class::getSimpleName))
        .flatMap(names -> names)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the names of the methods that a type has from us, and not from AssertJ or the JDK. */
  static Set<String> ownMethods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass().getName().startsWith("dev.partyline."))
        .map(Method::getName)
        .collect(toCollection(TreeSet::new));
  }
}
