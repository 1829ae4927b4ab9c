package dev.partyline.samples.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A reply that is on its way when the client closes: a race, pinned by holding the reply. */
class ReplyAfterCloseTest {
  /** Hands the answers to a consumer until it is closed; one that is wrong does so after it. */
  record Subscription(Socket socket, boolean isWrong) {
    CompletableFuture<Void> start(Consumer<String> consumer) throws IOException {
      socket.getOutputStream().write("NEWS\r\n".getBytes(US_ASCII));
      Scanner answers = new Scanner(socket.getInputStream(), US_ASCII);
      return CompletableFuture.runAsync(
          () -> {
            while (answers.hasNextLine()) {
              String answer = answers.nextLine();
              if (isWrong || !socket.isOutputShutdown()) {
                consumer.accept(answer);
              }
            }
          });
    }
  }

  // tag::held-reply[]
  void nothingIsHandedOverAfterTheClose(Subscription news, Tap tap) throws IOException {
    List<String> handedOver = new CopyOnWriteArrayList<>();
    tap.hold(Side.SERVER);
    CompletableFuture<Void> end = news.start(handedOver::add);
    tap.awaitHeld(Side.SERVER, ofSeconds(5)); // the answer is on its way
    news.socket().shutdownOutput();
    tap.release(Side.SERVER);
    end.join();
    assertThat(handedOver).isEmpty();
  }

  // end::held-reply[]

  @Test
  void theRaceIsLostEachTime(
      @ScriptedListener("every connection\n  C: NEWS\n  S: tea") Listener server,
      @Tapped(to = "server") Tap tap)
      throws IOException {
    try (Socket one = new Socket(tap.host(), tap.port());
        Socket two = new Socket(tap.host(), tap.port())) {
      nothingIsHandedOverAfterTheClose(new Subscription(one, false), tap);
      Subscription wrong = new Subscription(two, true);
      assertThatThrownBy(() -> nothingIsHandedOverAfterTheClose(wrong, tap))
          .isInstanceOf(AssertionError.class);
    }
  }
}
