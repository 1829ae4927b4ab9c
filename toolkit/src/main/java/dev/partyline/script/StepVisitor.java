package dev.partyline.script;

/**
 * Has a method for each type of step, so that the compiler names every place that a new type has to
 * be added to.
 */
public interface StepVisitor {
  /** Visits bytes that one side sends. */
  void visit(Step.Line line);

  /** Visits {@code C: ...}. */
  void visit(Step.AnyLines anyLines);

  /** Visits {@code C! finish} and its like. */
  void visit(Step.Control control);

  /** Visits {@code pause}. */
  void visit(Step.Pause pause);

  /** Visits {@code within}. */
  void visit(Step.Within within);

  /** Visits {@code tls}. */
  void visit(Step.StartTls startTls);

  /** Visits {@code cut}. */
  void visit(Step.Cut cut);

  /** Visits {@code mark}. */
  void visit(Step.Mark mark);

  /** Visits {@code await}. */
  void visit(Step.Await await);

  /** Visits {@code connection} and {@code every connection}. */
  void visit(Step.ConnectionBlock block);

  /** Visits {@code repeat}. */
  void visit(Step.Repeat repeat);

  /** Visits one branch of {@code when}. */
  void visit(Step.When when);

  /** Visits {@code any order}. */
  void visit(Step.AnyOrder anyOrder);

  /** Visits {@code together}. */
  void visit(Step.Together together);
}
