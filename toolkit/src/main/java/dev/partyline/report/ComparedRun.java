package dev.partyline.report;

import dev.partyline.hunt.RunComparison;
import java.util.List;

/**
 * A run of the same test that has passed, which a page shows beside the one that has failed.
 *
 * @param name what it is called, such as {@code run 16 of 200}
 * @param sections what it has recorded
 * @param comparison what the failing run did that no passing run did; this is the nearest of these
 */
public record ComparedRun(String name, List<ReportSection> sections, RunComparison comparison) {
  public ComparedRun {
    sections = List.copyOf(sections);
  }
}
