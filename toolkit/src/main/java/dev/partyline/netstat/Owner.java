package dev.partyline.netstat;

/**
 * The process that has a socket open.
 *
 * @param pid its number
 * @param program the last part of its program's path, such as {@code java}
 * @param commandLine its command line, arguments parted by spaces
 * @param fd the lowest file descriptor that it has the socket open as; -1 if that is not known
 */
public record Owner(long pid, String program, String commandLine, int fd) {
  /** Returns whether it is the process that asks. */
  public boolean isThisJvm() {
    return pid == ProcessHandle.current().pid();
  }
}
