package dev.partyline.loopback;

import dev.partyline.wire.Transport;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program that runs out of descriptors, prints what it is told, and goes on with some. */
final class FewDescriptors {
  private static final Deque<FileInputStream> TAKEN = new ArrayDeque<>();

  private FewDescriptors() {}

  public static void main(String[] arguments) throws IOException {
    Transport transport = Transport.valueOf(arguments[1]);
    switch (arguments[0]) {
      case "first" -> useFirst();
      case "client" -> connect(transport);
      case "listener" -> accept(transport);
      case "tap" -> relay(transport);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  /** Uses the library for the first time when there is no descriptor. */
  private static void useFirst() throws IOException {
    takeAll();
    for (int free = 0; free < 10; free++) {
      print(() -> Listener.playing("C: ping\nS: pong").start().close());
      TAKEN.pop().close();
    }
    freeAll();
    try (Listener listener = Listener.playing("C: ping\nS: pong").start();
        Client client = Client.to(listener.address()).start()) {
      client.sendLine("ping");
      System.out.println(client.readLine());
    }
  }

  private static void connect(Transport transport) throws IOException {
    try (Listener listener = Listener.silent().over(transport).start()) {
      ClientSpec client = Client.to(listener.address()).over(transport);
      takeAll(listener);
      print(() -> client.start().close());
      print(() -> client.playing("C: ping").start().close());
      print(() -> Listener.silent().over(transport).start().close());
      freeAll();
      client.start().close();
      System.out.println("connected");
    }
  }

  private static void accept(Transport transport) throws IOException {
    Listener listener = Listener.playing("every connection\n  S| hi").over(transport).start();
    SocketChannel client;
    do {
      // It can accept all the same if another thread had a descriptor that it has given back.
      takeAll(listener);
      TAKEN.pop().close();
      client = SocketChannel.open(listener.address());
      listener.drainInput();
    } while (listener.backgroundFailures().isEmpty());
    for (int i = 0; i < 200; i++) {
      listener.drainInput();
    }
    System.out.println(listener.backgroundFailures().size());
    freeAll();
    System.out.println(client.read(ByteBuffer.allocate(100)));
    print(listener::close);
  }

  private static void relay(Transport transport) throws IOException {
    Listener listener = Listener.silent().over(transport).start();
    Tap tap = Tap.to(listener).start();
    takeAll(listener);
    TAKEN.pop().close();
    SocketChannel client = SocketChannel.open(tap.address());
    while (tap.recording().connections() == 0) {
      // It accepts as soon as it has a descriptor, and then has none for its server.
      TAKEN.pop().close();
      tap.drainInput();
    }
    System.out.println(tap.recording().conversations().get(0).ledger().get(0));
    print(tap::close);
    client.close();
  }

  /** Takes also what the loop of a listener had while the others were taken. */
  private static void takeAll(Listener listener) {
    takeAll();
    listener.drainInput();
    takeAll();
  }

  private static void takeAll() {
    try {
      while (true) {
        TAKEN.push(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // There is none left.
    }
  }

  private static void freeAll() throws IOException {
    while (!TAKEN.isEmpty()) {
      TAKEN.pop().close();
    }
  }

  private static void print(Runnable action) {
    try {
      action.run();
      System.out.println("done");
    } catch (RuntimeException | AssertionError e) {
      System.out.println(e);
    }
  }
}
