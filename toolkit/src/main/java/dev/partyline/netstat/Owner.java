package dev.partyline.netstat;

/**
 * The process that has a socket open.
 *
 * @param pid its id
 * @param program the last part of its program's path, such as {@code java}, also if it has
 *     rewritten its title
 * @param commandLine its command line, arguments separated by spaces; what looks like a secret,
 *     such as the value of {@code --token}, is replaced by {@code ******}
 * @param fd its lowest file descriptor for the socket; -1 if that is not known
 */
public record Owner(long pid, String program, String commandLine, int fd) {
  /** Returns whether it is this process. */
  public boolean isThisJvm() {
    return pid == ProcessHandle.current().pid();
  }
}
