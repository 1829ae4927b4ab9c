/**
 * The part of the pcap-filter language that makes sense on connections: one parser for tables and
 * recordings.
 */
@NullMarked
package dev.partyline.filter;

import org.jspecify.annotations.NullMarked;
