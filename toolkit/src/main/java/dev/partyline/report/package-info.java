/**
 * What a test recorded as a page for a browser, which needs no network and no server.
 *
 * <p>Begin with {@link dev.partyline.report.TestReport}; {@link dev.partyline.report.ReportPage}
 * writes one as a page, {@link dev.partyline.report.IndexFile} links the pages of a run.
 */
@NullMarked
package dev.partyline.report;

import org.jspecify.annotations.NullMarked;
