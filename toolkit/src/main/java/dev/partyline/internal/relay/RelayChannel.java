package dev.partyline.internal.relay;

import dev.partyline.internal.net.MemoryStreamChannel;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.procfs.PeerProgress;
import dev.partyline.internal.net.procfs.PeerProgressReader;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What connects a side to a relay. */
sealed interface RelayChannel {
  StreamChannel stream();

  /** Returns whether a reset shows only if it is asked for while nothing is read. */
  boolean canProbe();

  /**
   * Finds out how far the side is with what was written to it.
   *
   * @param receiver may be called by another thread
   */
  void findProgress(Consumer<PeerProgress> receiver);

  /**
   * A socket.
   *
   * @param stream the channel
   * @param tcp whether it is one of TCP rather than a Unix domain socket
   * @param progressReader asks the kernel how far its peer is
   */
  record Socket(NioStreamChannel stream, boolean tcp, PeerProgressReader progressReader)
      implements RelayChannel {
    @Override
    public boolean canProbe() {
      return tcp;
    }

    @Override
    public void findProgress(Consumer<PeerProgress> receiver) {
      if (tcp) {
        progressReader.find(stream.socketChannel(), receiver);
      } else {
        receiver.accept(PeerProgress.UNKNOWN);
      }
    }
  }

  /**
   * A stream to our own end in this JVM.
   *
   * @param stream the end of the relay
   */
  record Memory(MemoryStreamChannel stream) implements RelayChannel {
    @Override
    public boolean canProbe() {
      return false;
    }

    @Override
    public void findProgress(Consumer<PeerProgress> receiver) {
      receiver.accept(
          new PeerProgress(OptionalLong.of(0), OptionalLong.of(stream.peer().unreadBytes())));
    }
  }
}
