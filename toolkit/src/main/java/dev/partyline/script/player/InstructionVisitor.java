package dev.partyline.script.player;

/**
 * Has a method for each type of instruction, so that the compiler names every place that a new type
 * has to be added to.
 *
 * @param <R> what the methods return
 */
interface InstructionVisitor<R> {
  R visit(Instruction.SendMessage sendMessage);

  R visit(Instruction.Expect expect);

  R visit(Instruction.AllowAny allowAny);

  R visit(Instruction.ExpectClose expectClose);

  R visit(Instruction.ControlConnection controlConnection);

  R visit(Instruction.Sleep sleep);

  R visit(Instruction.SetMark setMark);

  R visit(Instruction.AwaitMark awaitMark);

  R visit(Instruction.UpgradeToTls upgradeToTls);

  R visit(Instruction.SetTimeout setTimeout);

  R visit(Instruction.Loop loop);

  R visit(Instruction.Choice choice);

  R visit(Instruction.ExpectAll expectAll);

  R visit(Instruction.Interleave interleave);
}
