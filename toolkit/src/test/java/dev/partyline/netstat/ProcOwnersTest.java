package dev.partyline.netstat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a process that owns a socket is named, from a directory that looks like /proc. */
@EnabledOnOs(OS.LINUX)
class ProcOwnersTest {
  private static final long INODE = 5;

  @TempDir private Path proc;

  private Owner owner(String commandLine, String executable, String shortName) throws IOException {
    Path process = Files.createDirectory(proc.resolve("17"));
    Files.createDirectory(process.resolve("fd"));
    Files.createSymbolicLink(process.resolve("fd/3"), Path.of("socket:[" + INODE + "]"));
    Files.writeString(process.resolve("cmdline"), commandLine);
    Files.writeString(process.resolve("comm"), shortName + "\n");
    if (!executable.isEmpty()) {
      Files.createSymbolicLink(process.resolve("exe"), Path.of(executable));
    }
    return Objects.requireNonNull(new ProcOwners(proc, Set.of(INODE)).of(INODE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/usr/bin/python3, -m, http.server | /usr/bin/python3.11 | python3 | python3",
        "nc, -l, 80 | /usr/bin/nc.openbsd | nc | nc",
        "nginx: master process nginx -c /x/n.conf | /usr/sbin/nginx | nginx | nginx",
        "sshd: root@pts/0 | /usr/sbin/sshd (deleted) | sshd | sshd",
        "postgres: shop shop 127.0.0.1(51234) idle | '' | postgres | postgres",
        "puma 6.0 (tcp://0.0.0.0:3000) [shop] | /usr/bin/ruby3.1 | puma: server | ruby3.1",
        "/opt/My App/bin/shop, -x | /opt/My App/bin/shop | shop | shop",
        "'' | '' | kworker/0:1 | kworker/0:1"
      })
  void theProgramIsNamedWhateverTheTitleOfItsProcess(
      String commandLine, String executable, String shortName, String program) throws IOException {
    Owner owner = owner(commandLine.replace(", ", "\0") + "\0", executable, shortName);
    assertThat(owner.program()).isEqualTo(program);
    assertThat(owner.pid()).isEqualTo(17);
    assertThat(owner.fd()).isEqualTo(3);
  }

  @Test
  void aProcessThatHasClearedItsTitleHasItsNameAsCommandLine() throws IOException {
    assertThat(owner("\0\0\0", "/usr/bin/shop", "shop").commandLine()).isEqualTo("shop");
  }

  @Test
  void theCommandLineHasNoSecret() throws IOException {
    assertThat(owner("shop\0--db-password\0hunter2\0-x\0", "/shop", "shop").commandLine())
        .isEqualTo("shop --db-password ****** -x");
  }
}
