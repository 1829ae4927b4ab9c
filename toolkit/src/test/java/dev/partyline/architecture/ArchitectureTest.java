package dev.partyline.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.NetworkChannel;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds a library to the import table of the architecture, and to the rules around the table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // Reading the code once is slow enough.
public class ArchitectureTest {
  private static final String ROOT = "dev.partyline.";

  /** Which of our packages each may import; a package comes and goes only with its line. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      table(
          """
          internal.text    :
          wire             : internal.text
          filter           : wire internal.text
          tls              : wire internal.text
          netstat          : wire filter internal.text
          script           : wire internal.text
          script.transcript : wire script internal.text
          script.player    : wire script script.transcript internal.text
          weather.spi      : wire internal.text
          internal.faults  : wire weather.spi internal.text
          weather          : wire weather.spi internal.faults internal.text
          view             : wire internal.text
          internal.reading : wire view internal.text
          view.http        : wire view internal.reading
          view.http2       : wire view internal.reading view.http
          view.websocket   : wire view internal.reading view.http
          view.resp        : wire view internal.reading
          view.dns         : wire view internal.reading internal.text
          view.tls         : wire view tls
          internal.net     : wire internal.text
          internal.net.tls : wire tls internal.net
          internal.relay   : wire weather weather.spi tls internal.net internal.net.tls
          ports            : wire netstat internal.net
          loopback         : wire script script.transcript script.player weather tls netstat ports internal.net internal.net.tls internal.relay
          assertions       : wire script script.transcript script.player weather weather.spi view view.http
          junit5.internal  : wire filter netstat ports script script.player script.transcript tls weather loopback
          junit5           : wire filter netstat ports loopback junit5.internal
          """);

  private static final Set<String> OPENING_METHODS =
      Set.of("<init>", "open", "createSocket", "createServerSocket");

  private final Library library = Library.of(getClass());
  private final JavaClasses code = new ClassFileImporter().importPath(library.classes());

  @Test
  void seesEveryClass() {
    assertThat(code).extracting(JavaClass::getName).isNotEmpty().containsAll(library.sources());
  }

  @Test
  void everyPackageStandsInTheTable() {
    Stream<String> parts = code.stream().map(ArchitectureTest::part);
    assertThat(parts.distinct()).isSubsetOf(MAY_IMPORT.keySet());
  }

  @Test
  void noPackageImportsMoreThanTheTableAllows() {
    assertThat(code)
        .flatExtracting(JavaClass::getDirectDependenciesFromSelf)
        .filteredOn(dependency -> !isAllowed(dependency))
        .extracting(Dependency::getDescription)
        .isEmpty();
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void everyPackageIsNullMarked() {
    Stream<JavaPackage> packages = code.stream().map(JavaClass::getPackage);
    assertThat(packages.distinct()).allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void nothingPrints() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(code);
  }

  @Test
  void nothingButTheLoopIsSharedByAllTests() {
    fields()
        .that()
        .areStatic()
        .and()
        .areNotDeclaredIn(ROOT + "internal.net.EventLoopHolder")
        .should()
        .beFinal()
        .allowEmptyShould(true)
        .check(code);
  }

  @Test
  void onlyLoopbackOpensSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "loopback")
        .should()
        .accessTargetWhere(describe("a socket is opened", ArchitectureTest::opensSocket))
        .check(code);
  }

  @Test
  void onlyAssertionsLoadAssertJ() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "assertions")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.assertj..")
        .check(code);
  }

  private static Map<String, Set<String>> table(String text) {
    return text.lines()
        .map(line -> line.split(" *: *", -1))
        .collect(toMap(row -> row[0], row -> Set.of(row[1].split(" "))));
  }

  private static boolean isAllowed(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    String origin = part(dependency.getOriginClass());
    return !target.getName().startsWith(ROOT)
        || part(target).equals(origin)
        || MAY_IMPORT.getOrDefault(origin, Set.of()).contains(part(target));
  }

  private static boolean opensSocket(JavaAccess<?> access) {
    return OPENING_METHODS.contains(access.getTarget().getName())
        && Stream.of(
                Socket.class,
                ServerSocket.class,
                DatagramSocket.class,
                NetworkChannel.class,
                SocketFactory.class,
                ServerSocketFactory.class)
            .anyMatch(access.getTargetOwner()::isAssignableTo);
  }

  private static String part(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }
}
