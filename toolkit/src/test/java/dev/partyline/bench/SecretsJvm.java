package dev.partyline.bench;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.view.Dump;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Masks and prints large bodies; in {@link SecretsBench} a process of its own. */
final class SecretsJvm {
  private static final int WARM_UP_ROUNDS = 1;
  private static final int ROUNDS = 3;

  private static final Map<String, ToIntFunction<Conversation>> WORK =
      Map.of(
          "mask", body -> Redaction.standard().apply(body).notes().size() + 1,
          "transcript", body -> Transcript.exact(body.exact()).length(),
          "hex", body -> Dump.hex(body.exact()).length());

  private SecretsJvm() {}

  /** Does one thing once, or answers the figures of each kind of body that it is asked for. */
  public static void main(String... arguments) {
    if (arguments.length == 0) {
      Child.serve(words -> figures(SecretsBodies.of(words[0], Integer.parseInt(words[1]))));
    } else {
      Conversation body = SecretsBodies.of(arguments[1], Integer.parseInt(arguments[2]));
      System.out.println(WORK.get(arguments[0]).applyAsInt(body));
    }
  }

  /** Returns the seconds of each, and the ratios of masking to the others in the same round. */
  private static double[] figures(Conversation body) {
    List<double[]> rounds = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double mask = seconds("mask", body);
      double transcript = seconds("transcript", body);
      double hex = seconds("hex", body);
      if (round >= 0) {
        rounds.add(new double[] {mask, transcript, hex, mask / transcript, mask / hex});
      }
    }
    double[] medians = new double[rounds.get(0).length];
    for (int i = 0; i < medians.length; i++) {
      int figure = i;
      medians[i] = Figures.median(rounds.stream().map(round -> round[figure]).toList());
    }
    return medians;
  }

  private static double seconds(String what, Conversation body) {
    System.gc();
    long start = System.nanoTime();
    if (WORK.get(what).applyAsInt(body) == 0) {
      throw new IllegalStateException(what + " of nothing");
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
