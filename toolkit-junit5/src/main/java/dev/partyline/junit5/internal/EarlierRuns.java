package dev.partyline.junit5.internal;

import dev.partyline.hunt.RecordedRun;
import dev.partyline.junit5.internal.jupiter.ContextChain;
import dev.partyline.report.ReportSection;
import dev.partyline.report.TestReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The runs of a test that were before this one, with which it is compared if it fails. */
public interface EarlierRuns {
  /** Returns those of a test that is run until it fails. */
  static Optional<EarlierRuns> of(ExtensionContext context) {
    return ContextChain.nearest(context, namespace(), EarlierRuns.class);
  }

  /** Makes these the ones of all runs of a test. */
  static void put(ExtensionContext template, EarlierRuns runs) {
    template.getStore(namespace()).put(template.getUniqueId(), runs);
  }

  private static Namespace namespace() {
    return Namespace.create(EarlierRuns.class);
  }

  /** Notes what the current run has recorded, which passes if nothing else fails it. */
  void onPassed(RecordedRun run, List<ReportSection> sections);

  /** Returns in lines what the current run did that none of these did. */
  String compare(RecordedRun run);

  /** Returns the report of the current run with one of these beside it. */
  TestReport addTo(TestReport report, RecordedRun run);
}
