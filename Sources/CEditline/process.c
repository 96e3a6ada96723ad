#define _GNU_SOURCE
#include "include/CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int modlab_write_all(int descriptor, const void *bytes, size_t count) {
  const char *rest = bytes;
  sigset_t pipe_only, before, pending;
  sigemptyset(&pipe_only);
  sigaddset(&pipe_only, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
  int result = 0;
  while (count > 0) {
    ssize_t written = write(descriptor, rest, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      result = -1;
      break;
    }
    rest += written;
    count -= (size_t)written;
  }
  // Takes the SIGPIPE that the failed write left behind before it can be delivered.
  if (result < 0 && sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE)) {
    struct timespec none = {0, 0};
    sigtimedwait(&pipe_only, NULL, &none);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return result;
}

static int await(pid_t child) {
  int status = -1;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return status;
}

static pid_t start(const char *command, const char *argument, int input, int unused) {
  pid_t child = fork();
  if (child != 0) return child;
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < 32; number++) {
    if (number != SIGHUP) signal(number, SIG_DFL);
  }
  pthread_sigmask(SIG_SETMASK, &none, NULL);
  if (unused >= 0) close(unused);
  if (input >= 0 && input != 0) {
    dup2(input, 0);
    close(input);
  }
  execl("/bin/sh", "sh", "-c", command, "sh", argument, (char *)NULL);
  _exit(127);
}

// The person's Ctrl-C is for the child that has the terminal. SIG_IGN is what system(3) does.
static void leave_signals(struct sigaction before[2]) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGINT, &ignore, &before[0]);
  sigaction(SIGQUIT, &ignore, &before[1]);
}

static void take_signals(const struct sigaction before[2]) {
  sigaction(SIGINT, &before[0], NULL);
  sigaction(SIGQUIT, &before[1], NULL);
}

int modlab_run_shell(const char *command, const char *argument, int input) {
  struct sigaction before[2];
  leave_signals(before);
  pid_t child = start(command, argument, input, -1);
  int status = child < 0 ? -1 : await(child);
  take_signals(before);
  return status;
}

static struct sigaction filter_before[2];

int modlab_open_filter(const char *command, int *child) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  leave_signals(filter_before);
  *child = start(command, NULL, ends[0], ends[1]);
  close(ends[0]);
  if (*child < 0) {
    close(ends[1]);
    take_signals(filter_before);
    return -1;
  }
  return ends[1];
}

int modlab_close_filter(int descriptor, int child) {
  close(descriptor);
  int status = await(child);
  take_signals(filter_before);
  return status;
}
