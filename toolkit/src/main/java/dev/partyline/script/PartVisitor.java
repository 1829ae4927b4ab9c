package dev.partyline.script;

/**
 * Has a method for each type of part, so that the compiler names every place that a new type has to
 * be added to.
 *
 * @param <R> what the methods return
 */
public interface PartVisitor<R> {
  /** Visits bytes as they stand. */
  R visit(Part.Fixed fixed);

  /** Visits {@code ??}. */
  R visit(Part.AnyByte anyByte);

  /** Visits the content of a file. */
  R visit(Part.File file);

  /** Visits {@code ${body-length}}. */
  R visit(Part.BodyLength bodyLength);

  /** Visits {@code ${name}}. */
  R visit(Part.Placeholder placeholder);
}
