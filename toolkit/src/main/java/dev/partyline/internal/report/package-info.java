/**
 * What a page of a test is made of: events on one time line, their bytes in blocks, what protocols
 * read in them, and the text of the page.
 */
@NullMarked
package dev.partyline.internal.report;

import org.jspecify.annotations.NullMarked;
