package dev.partyline.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /** Which of our packages each imports, neither more nor fewer: the table is the picture. */
  private static final Map<String, Set<String>> IMPORTS =
      table(
"""
internal.text    :
internal.files   :
internal.json    :
wire             : internal.text
internal.secrets.stream : wire
internal.secrets.tunnels : wire internal.secrets.stream
internal.secrets.logins : wire internal.secrets.stream internal.secrets.tunnels
internal.secrets : wire internal.secrets.stream internal.secrets.tunnels internal.secrets.logins internal.text
filter           : wire internal.text
tls              : wire internal.text
netstat          : wire filter internal.secrets internal.text
script           : wire internal.secrets internal.text
script.transcript : wire script internal.secrets internal.text
script.player    : wire script script.transcript internal.secrets internal.text
internal.pcap.write : wire internal.text
weather.spi      : wire
internal.faults  : wire weather.spi internal.text
weather          : wire weather.spi internal.faults internal.text
hunt             : wire script.transcript weather weather.spi internal.text
view             : wire internal.secrets internal.text
internal.reading : wire view internal.secrets internal.text
view.http        : wire view internal.reading internal.secrets internal.text
internal.upgrade : wire view internal.reading view.http
view.http2       : wire view internal.reading internal.upgrade
view.websocket   : wire view internal.reading internal.upgrade internal.text
view.resp        : wire view internal.reading
view.dns         : wire view internal.reading internal.text
view.tls         : wire view tls internal.reading internal.text
internal.net     : wire internal.text
internal.net.procfs : internal.net internal.text
internal.net.tls : wire tls internal.net
internal.relay   : wire weather weather.spi internal.net internal.net.procfs internal.net.tls internal.text
internal.pcap.read : internal.text
internal.pcap.streams : wire filter internal.pcap.read internal.text
internal.har     : wire script.transcript view view.http view.http2 view.websocket internal.json internal.reading internal.text
store            : wire filter script.transcript internal.files internal.har internal.pcap.write internal.pcap.streams internal.text
ports            : wire netstat internal.net internal.text
loopback         : wire script script.transcript script.player weather tls ports internal.net internal.net.procfs internal.net.tls internal.relay internal.secrets internal.text
replay           : wire script script.transcript script.player loopback internal.files
assertions       : wire script script.transcript script.player weather view view.http internal.secrets internal.files internal.text
internal.report  : wire view view.http view.http2 view.websocket view.resp view.dns view.tls internal.json
report           : wire hunt script.player script.transcript weather internal.json internal.report
junit5.internal.jupiter : loopback
junit5.internal  : wire filter hunt netstat ports script script.player script.transcript weather loopback replay report junit5.internal.jupiter junit5.internal.report
junit5.internal.report : wire script.transcript store report
junit5.internal.leaks : wire filter netstat ports loopback junit5.internal junit5.internal.jupiter
junit5.internal.hunt : wire script.transcript weather hunt report junit5.internal junit5.internal.jupiter
junit5.internal.suite : wire weather hunt ports junit5.internal junit5.internal.hunt
junit5           : wire netstat ports script script.transcript tls weather hunt loopback replay junit5.internal junit5.internal.hunt junit5.internal.jupiter junit5.internal.leaks
""");

  /** Nested types that are always called with the name of the type around them. */
  private static final Set<String> NESTED = Set.of("Kind", "Mark", "Snapshot", "State");

  private static final String[] SOCKETS = {
    ROOT + "internal.net", ROOT + "internal.relay", ROOT + "ports"
  };

  private static final Set<String> OPENING_METHODS =
      Set.of("<init>", "open", "createSocket", "createServerSocket");

  private final Library library = Library.of(getClass());
  private final JavaClasses code = new ClassFileImporter().importPath(library.classes());

  @Test
  void seesEveryClass() {
    assertThat(code).extracting(JavaClass::getName).isNotEmpty().containsAll(library.sources());
  }

  @Test
  void everyPackageImportsWhatTheTableSays() {
    Map<String, Set<String>> rows = new TreeMap<>(IMPORTS);
    rows.keySet().removeIf(row -> row.startsWith("junit5") == isToolkit());
    assertThat(imports()).containsExactlyInAnyOrderEntriesOf(rows);
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getName().startsWith(ROOT)
                    ? SliceIdentifier.of(part(type))
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "whole packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(code);
  }

  @Test
  void noSimpleNameStandsForTwoTypes() {
    Map<String, List<String>> byName =
        code.stream()
            .filter(type -> !type.getSimpleName().isEmpty())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.isNestedClass() || !NESTED.contains(type.getSimpleName()))
            .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
    assertThat(byName.values()).allSatisfy(types -> assertThat(types).hasSize(1));
  }

  @Test
  void everyPackageIsNullMarked() {
    Stream<JavaPackage> packages = code.stream().map(JavaClass::getPackage);
    assertThat(packages.distinct()).allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void nothingPrintsButTheTestThatDoesNotEnd() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "junit5.internal.Watchdog")
        .should(ACCESS_STANDARD_STREAMS)
        .check(code);
  }

  @Test
  void everyStaticFieldIsFinal() {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(code);
  }

  @Test
  void onlyTheseOpenSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackages(SOCKETS)
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
        .map(line -> line.split(" *:", -1))
        .collect(
            toMap(
                row -> row[0],
                row ->
                    Stream.of(row[1].split(" ")).filter(name -> !name.isEmpty()).collect(toSet())));
  }

  private boolean isToolkit() {
    return library.root().endsWith("toolkit");
  }

  private Map<String, Set<String>> imports() {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (JavaClass type : code) {
      Set<String> row = imports.computeIfAbsent(part(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getName().startsWith(ROOT))
          .map(ArchitectureTest::part)
          .filter(target -> !target.equals(part(type)))
          .forEach(row::add);
    }
    return imports;
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
