/** What is told of a test beside its failure: files, pages, captures and threads. */
@NullMarked
package dev.partyline.junit5.internal.report;

import org.jspecify.annotations.NullMarked;
