package dev.partyline.junit5.internal.report;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test that a file is of.
 *
 * @param hasPassed whether it has passed, so that its files leave room for those of one that fails
 */
record FileOwner(ExtensionContext context, boolean hasPassed) {}
