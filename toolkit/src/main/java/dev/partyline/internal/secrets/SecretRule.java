package dev.partyline.internal.secrets;

/** Finds secrets of one kind in bytes that belong together, and masks them. */
interface SecretRule {
  void apply(Layer layer);
}
