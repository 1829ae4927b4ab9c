/**
 * The part of the pcap-filter language that makes sense on connections: one parser for tables and
 * recordings.
 *
 * <p>Begin with {@link dev.partyline.filter.Filter}; a {@link dev.partyline.filter.Flow} is what it
 * is asked about.
 */
@NullMarked
package dev.partyline.filter;

import org.jspecify.annotations.NullMarked;
