package dev.partyline.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a test at its end, for {@link ReportPage}: an immutable value, made by {@link
 * #of} and added to by the methods that return another one.
 *
 * <p>Secrets are masked when a page is written, by the {@link
 * dev.partyline.script.transcript.Redaction} of each section, in the bytes and wherever else they
 * stand.
 */
public final class TestReport {
  private final String name;
  private final TestResult result;
  private final Details details;
  private final List<ReportSection> sections;
  private final List<Link> links;
  private final Optional<ComparedRun> compared;

  /** What need not be known. */
  private record Details(
      Optional<Duration> duration,
      OptionalLong endedAtNanos,
      String failure,
      String threads,
      String sockets) {}

  /** A file beside the page. */
  record Link(String text, Path file) {}

  private TestReport(
      String name,
      TestResult result,
      Details details,
      List<ReportSection> sections,
      List<Link> links,
      Optional<ComparedRun> compared) {
    this.compared = compared;
    this.name = name;
    this.result = result;
    this.details = details;
    this.sections = List.copyOf(sections);
    this.links = List.copyOf(links);
  }

  /**
   * Returns a report without anything recorded yet.
   *
   * @param name the name of the test, such as {@code ShopTest.ships()}
   */
  public static TestReport of(String name, TestResult result) {
    Details none = new Details(Optional.empty(), OptionalLong.empty(), "", "", "");
    return new TestReport(name, result, none, List.of(), List.of(), Optional.empty());
  }

  private TestReport with(Details newDetails) {
    return new TestReport(name, result, newDetails, sections, links, compared);
  }

  /** Returns this report with what a listener, client, tap or recording has recorded. */
  public TestReport with(ReportSection section) {
    List<ReportSection> all = new ArrayList<>(sections);
    all.add(section);
    return new TestReport(name, result, details, all, links, compared);
  }

  /** Returns this report with how long the test took. */
  public TestReport duration(Duration duration) {
    return with(
        new Details(
            Optional.of(duration),
            details.endedAtNanos,
            details.failure,
            details.threads,
            details.sockets));
  }

  /**
   * Returns this report with when the test failed or ended.
   *
   * @param nanos the time as {@link System#nanoTime()} has it
   */
  public TestReport endedAt(long nanos) {
    return with(
        new Details(
            details.duration,
            OptionalLong.of(nanos),
            details.failure,
            details.threads,
            details.sockets));
  }

  /** Returns this report with the message of the failure, in any number of lines. */
  public TestReport failure(String text) {
    return with(
        new Details(
            details.duration, details.endedAtNanos, text, details.threads, details.sockets));
  }

  /**
   * Returns this report with where the thread of the test was when the test failed or was
   * interrupted, in any number of lines, such as its stack trace.
   */
  public TestReport threads(String text) {
    return with(
        new Details(
            details.duration, details.endedAtNanos, details.failure, text, details.sockets));
  }

  /**
   * Returns this report with the sockets of the machine, such as a {@link
   * dev.partyline.netstat.ConnectionTable} as text.
   */
  public TestReport sockets(String text) {
    return with(
        new Details(
            details.duration, details.endedAtNanos, details.failure, details.threads, text));
  }

  /**
   * Returns this report with a link to a file, such as the recording in another format.
   *
   * @param text what the link is called
   * @param file the file; the link is relative to the folder of the page where that is possible
   */
  public TestReport link(String text, Path file) {
    List<Link> all = new ArrayList<>(links);
    all.add(new Link(text, file));
    return new TestReport(name, result, details, sections, all, compared);
  }

  /** Returns this report with a run of the test that has passed, to be shown beside this one. */
  public TestReport comparedWith(ComparedRun run) {
    return new TestReport(name, result, details, sections, links, Optional.of(run));
  }

  /** Returns this report with every byte shown: nothing is masked. */
  public TestReport exact() {
    return new TestReport(
        name,
        result,
        details,
        exact(sections),
        links,
        compared.map(run -> new ComparedRun(run.name(), exact(run.sections()), run.comparison())));
  }

  private static List<ReportSection> exact(List<ReportSection> sections) {
    return sections.stream().map(ReportSection::exact).toList();
  }

  /** Returns the name of the test. */
  public String name() {
    return name;
  }

  /** Returns how the test ended. */
  public TestResult result() {
    return result;
  }

  /** Returns how long the test took, if that is known. */
  public Optional<Duration> duration() {
    return details.duration;
  }

  /** Returns the message of the failure; empty if there is none. */
  public String failure() {
    return details.failure;
  }

  /** Returns the sections in the order in which they were added. */
  public List<ReportSection> sections() {
    return sections;
  }

  OptionalLong endedAtNanos() {
    return details.endedAtNanos;
  }

  String threads() {
    return details.threads;
  }

  String sockets() {
    return details.sockets;
  }

  List<Link> links() {
    return links;
  }

  Optional<ComparedRun> compared() {
    return compared;
  }

  /** Returns the name of the test and how it ended. */
  @Override
  public String toString() {
    return name + ": " + result;
  }
}
