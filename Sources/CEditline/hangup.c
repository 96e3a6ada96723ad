#define _GNU_SOURCE
#include "private.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/// The parent of a process; 0 when nobody tells.
static int parent_of(int process) {
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/%d/stat", process);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  size_t count = fread(line, 1, sizeof line - 1, file);
  fclose(file);
  line[count] = 0;
  // The name of the program stands in parentheses, and may have some itself.
  const char *end = strrchr(line, ')');
  int parent = 0;
  return end && sscanf(end + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

/// `script` and its like type Ctrl-D into the terminal that they made when their own is closed. The
/// system then says that the file of theirs is deleted.
static int outer_terminal_is_closed(void) {
  int process = getppid();
  for (int i = 0; i < 64 && process > 1; i++, process = parent_of(process)) {
    char path[64], target[256];
    snprintf(path, sizeof path, "/proc/%d/fd/0", process);
    ssize_t count = readlink(path, target, sizeof target - 1);
    if (count <= 0) continue;
    target[count] = 0;
    if (strncmp(target, "/dev/pts/", 9) == 0 && strstr(target, " (deleted)")) return 1;
  }
  return 0;
}

int modlab_is_hung_up(int descriptor) {
  struct pollfd terminal = {.fd = descriptor, .events = POLLIN};
  struct termios modes;
  if (poll(&terminal, 1, 0) > 0 && (terminal.revents & (POLLHUP | POLLERR | POLLNVAL))) return 1;
  return tcgetattr(descriptor, &modes) != 0 || outer_terminal_is_closed();
}

void modlab_end_by_hang_up(void) {
  sigset_t only;
  signal(SIGHUP, SIG_DFL);
  sigemptyset(&only);
  sigaddset(&only, SIGHUP);
  raise(SIGHUP);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  _exit(128 + SIGHUP);
}
