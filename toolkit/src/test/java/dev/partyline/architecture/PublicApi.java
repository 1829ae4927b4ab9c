package dev.partyline.architecture;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What users of a library can name: a line for each type and member, in the words of reflection.
 *
 * <p>Left out is what follows from the rest: the accessors and the canonical constructor of a
 * record, what every enum has, what every object has.
 */
final class PublicApi {
  private static final Set<String> IMPLIED = Set.of("equals", "hashCode", "toString");
  private static final Set<String> IMPLIED_BY_ENUM = Set.of("valueOf", "values");

  private PublicApi() {}

  static String of(Library library) {
    return library.exports().stream()
        .map(name -> "package " + name + "\n" + types(library.classesOf(name)))
        .collect(joining("\n"));
  }

  private static String types(Stream<Class<?>> types) {
    return types
        .filter(PublicApi::isReachable)
        .map(type -> "\n" + header(type) + "\n" + members(type))
        .collect(joining());
  }

  private static String header(Class<?> type) {
    // JDK 17 does not print "sealed", and each javac orders what is permitted in its own way.
    var header = new StringBuilder(type.toGenericString().replaceFirst("(non-)?sealed ", ""));
    if (type.isRecord()) {
      header.append(
          Arrays.stream(type.getRecordComponents())
              .map(part -> part.getGenericType().getTypeName() + " " + part.getName())
              .collect(joining(", ", "(", ")")));
    }
    if (type.getSuperclass() != null && !type.isRecord() && !type.isEnum()) {
      append(header, "extends", type.getGenericSuperclass());
    }
    append(header, type.isInterface() ? "extends" : "implements", type.getGenericInterfaces());
    if (type.isSealed() && !type.isEnum()) {
      Class<?>[] permitted = type.getPermittedSubclasses();
      Arrays.sort(permitted, comparing(Class::getName));
      append(header, "permits", permitted);
    }
    return readable(header.toString());
  }

  private static void append(StringBuilder header, String word, Type... types) {
    if (types.length > 0 && types[0] != Object.class) {
      header.append(
          Arrays.stream(types).map(Type::getTypeName).collect(joining(", ", " " + word + " ", "")));
    }
  }

  private static String members(Class<?> type) {
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(PublicApi::isVisible)
            .map(Field::toGenericString);
    Stream<String> constructors =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(constructor -> isVisible(constructor) && !isCanonical(constructor))
            .map(Executable::toGenericString);
    Stream<String> methods =
        withHiddenSuperclasses(type)
            .flatMap(owner -> Arrays.stream(owner.getDeclaredMethods()))
            .filter(method -> isVisible(method) && !isImplied(method))
            .map(Executable::toGenericString);
    return Stream.of(fields, constructors, methods)
        .flatMap(lines -> lines.map(line -> "  " + readable(line) + "\n").sorted())
        .collect(joining());
  }

  /** Whoever can name a type can also call what it inherits from one that cannot be named. */
  private static Stream<Class<?>> withHiddenSuperclasses(Class<?> type) {
    return Stream.iterate(
        type,
        owner -> owner != null && (owner == type || !Modifier.isPublic(owner.getModifiers())),
        Class::getSuperclass);
  }

  private static boolean isReachable(Class<?> type) {
    Class<?> owner = type.getDeclaringClass();
    return isVisible(type.getModifiers()) && (owner == null || isReachable(owner));
  }

  private static boolean isVisible(Member member) {
    return isVisible(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isImplied(Method method) {
    Class<?> owner = method.getDeclaringClass();
    return IMPLIED.contains(method.getName())
        || (owner.isEnum() && IMPLIED_BY_ENUM.contains(method.getName()))
        || (owner.isRecord()
            && Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::getAccessor)
                .anyMatch(method::equals));
  }

  private static boolean isCanonical(Constructor<?> constructor) {
    Class<?> owner = constructor.getDeclaringClass();
    return owner.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
  }

  private static String readable(String line) {
    // A hidden package keeps its name, so that no user has to guess why a type cannot be used.
    return line.replaceAll("\\b(java\\.lang|dev\\.partyline(\\.(?!internal)\\w+)+)\\.(?=[A-Z])", "")
        .replace('$', '.');
  }
}
