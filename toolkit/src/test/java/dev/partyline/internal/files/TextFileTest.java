package dev.partyline.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir private Path folder;

  @Test
  void itsFolderIsCreatedAndNothingElseIsLeft() {
    Path file = folder.resolve("a/session.wire");
    TextFile.write(file, "before");
    TextFile.write(file, "caf\u00e9");
    assertThat(TextFile.read(file)).isEqualTo("caf\u00e9");
    assertThat(folder.resolve("a").toFile().list()).containsExactly("session.wire");
  }

  @Test
  void thoseWhoMayReadOtherFilesMayReadIt() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path other = Files.writeString(folder.resolve("other"), "");
    Path file = folder.resolve("session.wire");
    TextFile.write(file, "text");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void itsFolderMayBeALinkToOne() throws IOException {
    Path linked = Files.createDirectory(folder.resolve("linked"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), linked);
    TextFile.write(link.resolve("session.wire"), "text");
    assertThat(linked.resolve("session.wire")).hasContent("text");
  }

  @Test
  void itsNameMayBeAsLongAsTheFileSystemAllows() {
    Path file = folder.resolve("n".repeat(255));
    TextFile.write(file, "text");
    assertThat(file).hasContent("text");
  }

  @Test
  void anEmptyFolderIsNotReplaced() throws IOException {
    Path file = Files.createDirectory(folder.resolve("session.wire"));
    assertThatThrownBy(() -> TextFile.write(file, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageEndingWith("it is a folder");
    assertThat(file).isEmptyDirectory();
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("session.wire"), "before");
    Path inner = Files.createSymbolicLink(folder.resolve("inner"), Path.of("session.wire"));
    Path outer = Files.createSymbolicLink(folder.resolve("outer"), inner);
    TextFile.write(outer, "text");
    assertThat(outer).isSymbolicLink();
    assertThat(inner).isSymbolicLink();
    assertThat(file).hasContent("text");
  }

  @Test
  void aLinkToNothingYetIsWrittenWhereItLeads() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("new/session.wire"));
    TextFile.write(link, "text");
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("new/session.wire")).hasContent("text");
  }

  @Test
  void aLinkToItselfIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
    assertThatThrownBy(() -> TextFile.write(link, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageEndingWith("its links lead to one another");
  }

  @Test
  void aSocketIsNeitherReplacedNorDeleted() throws IOException {
    Path socket = folder.resolve("session.wire");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> TextFile.write(socket, "text"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageEndingWith("it is no regular file, but a device, a pipe or a socket");
      TextFile.delete(socket);
      assertThat(socket).exists();
    }
  }

  @Test
  void aFolderIsNotDeleted() throws IOException {
    Path file = Files.createDirectory(folder.resolve("session.wire"));
    TextFile.delete(file);
    assertThat(file).isEmptyDirectory();
  }

  @Test
  void oneThatCannotBeWrittenIsNamedAndLeavesNothing() throws IOException {
    Path file = folder.resolve("session.wire");
    Files.createDirectories(file.resolve("inside"));
    assertThatThrownBy(() -> TextFile.write(file, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("file (" + file + ") cannot be written: ");
    assertThat(folder.toFile().list()).containsExactly("session.wire");
  }

  @Test
  void oneThatIsNotTextIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("session.wire"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> TextFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file (" + file + ") must be text in UTF-8");
  }
}
