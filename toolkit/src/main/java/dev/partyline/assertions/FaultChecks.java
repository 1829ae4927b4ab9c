package dev.partyline.assertions;

import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Hit;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks on what the weather did. */
final class FaultChecks {
  private FaultChecks() {}

  /** Adds to a failure what the weather did, if there was any. */
  static void addReport(Weathered owner, FailureMessage failure) {
    WeatherReport report = owner.weatherReport();
    if (!report.faults().isEmpty()) {
      failure.row("weather", report);
      failure.row("seed", owner.seed() + "; the same seed makes the same weather again");
    }
  }

  /** Makes a check that holds only if anything came through the tap. */
  static CheckResult ifUsed(Weathered owner, Supplier<CheckResult> check) {
    return owner.isUsed() ? check.get() : CheckResult.of(false, true, () -> unusedFailure(owner));
  }

  static FailureMessage unusedFailure(Weathered owner) {
    return failure(owner, "no connection came through the tap: is the client using its address?")
        .expectedAndReceived("1 connection or more", "0 connections");
  }

  static CheckResult hasHit(Weathered owner, String fault) {
    return checkHits(
        owner,
        fault,
        times -> times > 0,
        times -> true,
        "the fault " + fault + " has hit nothing",
        "once or more");
  }

  static CheckResult hasHit(Weathered owner, String fault, int wanted) {
    return checkHits(
        owner,
        fault,
        times -> times == wanted,
        times -> times < wanted,
        "the fault " + fault + " has hit another number of times",
        times(wanted));
  }

  private static CheckResult checkHits(
      Weathered owner,
      String name,
      Predicate<Long> holds,
      Predicate<Long> mayHoldLater,
      String problem,
      String expected) {
    WeatherReport report = owner.weatherReport();
    List<Fault> faults = faultsNamed(report, name);
    if (faults.isEmpty()) {
      return unknownFault(owner, report, name);
    }
    long times = faults.stream().mapToLong(report::hitCount).sum();
    return CheckResult.of(
        holds.test(times),
        mayHoldLater.test(times) && faults.stream().anyMatch(report::isCounted),
        () -> failure(owner, problem).expectedAndReceived(expected, times(times)));
  }

  static CheckResult hasHitConnections(Weathered owner, String name, int... numbers) {
    WeatherReport report = owner.weatherReport();
    List<Fault> faults = faultsNamed(report, name);
    if (faults.isEmpty()) {
      return unknownFault(owner, report, name);
    }
    List<Integer> wanted = Arrays.stream(numbers).sorted().distinct().boxed().toList();
    List<Integer> hitConnections =
        faults.stream()
            .flatMap(fault -> report.hits(fault).stream())
            .map(Hit::connection)
            .sorted()
            .distinct()
            .toList();
    return CheckResult.of(
        hitConnections.equals(wanted),
        wanted.containsAll(hitConnections),
        () ->
            failure(owner, "the fault " + name + " has hit other connections")
                .expectedAndReceived(connections(wanted), connections(hitConnections)));
  }

  static CheckResult allFaultsHit(Weathered owner) {
    WeatherReport report = owner.weatherReport();
    List<Fault> idleFaults =
        report.faults().stream()
            .filter(each -> report.hitCount(each) == 0 && report.isCounted(each))
            .toList();
    if (report.faults().isEmpty()) {
      return CheckResult.of(
          false,
          true,
          () ->
              failure(owner, "no fault was active that could have hit anything")
                  .expectedAndReceived("a fault or more", "clear weather"));
    }
    return CheckResult.of(
        idleFaults.isEmpty(),
        true,
        () ->
            failure(owner, "a fault has hit nothing")
                .expectedAndReceived(
                    "each of " + list(report.faults()), "not " + list(idleFaults)));
  }

  static CheckResult nothingHit(Weathered owner) {
    WeatherReport report = owner.weatherReport();
    return CheckResult.of(
        report.faults().stream().allMatch(each -> report.hitCount(each) == 0),
        false,
        () ->
            failure(owner, "the weather has hit something")
                .expectedAndReceived("no hit", "what the report below shows"));
  }

  private static CheckResult unknownFault(Weathered owner, WeatherReport report, String name) {
    return CheckResult.of(
        false,
        true,
        () ->
            failure(owner, "no fault of this name was active")
                .expectedAndReceived(
                    name,
                    report.faults().isEmpty()
                        ? "clear weather"
                        : report.faults().stream()
                            .map(Fault::name)
                            .distinct()
                            .collect(Collectors.joining(", "))));
  }

  private static List<Fault> faultsNamed(WeatherReport report, String name) {
    return report.faults().stream().filter(each -> each.name().equals(name)).distinct().toList();
  }

  private static FailureMessage failure(Weathered owner, String problem) {
    return FailureMessage.of(problem, Redaction.of(owner));
  }

  private static String times(long times) {
    return Quantity.of(times, "time");
  }

  private static String connections(List<Integer> numbers) {
    return numbers.isEmpty()
        ? "none"
        : numbers.stream().map(number -> "#" + number).collect(Collectors.joining(", "));
  }

  private static String list(List<Fault> faults) {
    return faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
  }
}
