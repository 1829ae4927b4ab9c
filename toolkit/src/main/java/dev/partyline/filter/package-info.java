/**
 * The part of the pcap-filter language that makes sense on connections: one parser for tables and
 * recordings.
 *
 * <p>Begin with {@link dev.partyline.filter.Filter}, which matches {@link
 * dev.partyline.filter.Flow}s.
 */
@NullMarked
package dev.partyline.filter;

import org.jspecify.annotations.NullMarked;
