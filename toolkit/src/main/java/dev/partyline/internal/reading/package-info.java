/**
 * What the views share: a side is read piece by piece, and parts and flaws are collected in order.
 */
@NullMarked
package dev.partyline.internal.reading;

import org.jspecify.annotations.NullMarked;
