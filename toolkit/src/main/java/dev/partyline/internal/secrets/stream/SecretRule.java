package dev.partyline.internal.secrets.stream;

/** Finds secrets of one kind in bytes that belong together, and masks them. */
public interface SecretRule {
  void apply(Layer layer);
}
