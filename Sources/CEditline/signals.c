#define _GNU_SOURCE
#include "private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

volatile sig_atomic_t modlab_resized, modlab_suspended, modlab_at_prompt;
static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t guarded = -1;
static volatile sig_atomic_t pasting;
static struct termios saved;
static int wake[2] = {-1, -1};
static const void *volatile last_words;
static volatile size_t last_words_count;
static const void *volatile unanswered_words;
static volatile size_t unanswered_words_count;
/// The thread that installed the handler of SIGINT: others are the engine's.
static pthread_t worker;
// The interrupt that the worker gets next was noted by another thread.
static volatile sig_atomic_t is_noted;

// A signal for the process may be delivered on any thread (the engine has several), and then it
// would not end the ppoll() of this one. The pipe does.
static void wake_reader(void) {
  int before = errno;
  if (wake[1] >= 0 && write(wake[1], "", 1) < 0) {
    // The pipe is full: the reader will wake anyway.
  }
  errno = before;
}

void modlab_restore_terminal(void) {
  int before = errno;
  if (guarded >= 0) {
    if (pasting) {
      pasting = 0;
      if (write(guarded, "\033[?2004l", 8) < 0) {
        // Nothing is left to do about a terminal that is gone.
      }
    }
    tcsetattr(guarded, TCSADRAIN, &saved);
  }
  errno = before;
}

void modlab_set_paste(int descriptor, int on) {
  pasting = on;
  const char *text = on ? "\033[?2004h" : "\033[?2004l";
  modlab_write_all(descriptor, text, 8);
}

// A pipe that nobody reads must not keep the process from ending: only what does not block.
static void write_last_words(void) {
  const char *rest = (const char *)last_words;
  size_t count = last_words_count;
  while (count > 0) {
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (poll(&output, 1, 0) <= 0 || !(output.revents & POLLOUT)) break;
    // A pipe that can be written has room for so much.
    size_t part = count < PIPE_BUF ? count : PIPE_BUF;
    if (modlab_write_all(STDOUT_FILENO, rest, part) != 0) break;
    rest += part;
    count -= part;
  }
  last_words_count = 0;
}

static void note_interrupt(void) {
  if (interrupted && !modlab_at_prompt) {
    modlab_restore_terminal();
    write_last_words();
    _exit(130);
  }
  interrupted = 1;
  if (unanswered_words && !modlab_at_prompt) alarm(1);
  wake_reader();
}

static void on_interrupt(int signal_number) {
  // The calls of the thread that works are those that a signal is to end. It may have the signal
  // blocked, while a stepped operation runs on a thread of its own: so it is noted here.
  if (!pthread_equal(pthread_self(), worker)) {
    note_interrupt();
    is_noted = 1;
    pthread_kill(worker, signal_number);
  } else if (is_noted) {
    is_noted = 0;
  } else {
    note_interrupt();
  }
}

static void on_unanswered(int signal_number) {
  (void)signal_number;
  int before = errno;
  if (interrupted && !modlab_at_prompt) {
    modlab_write_all(STDOUT_FILENO, unanswered_words, unanswered_words_count);
  }
  errno = before;
}

static void on_resize(int signal_number) {
  (void)signal_number;
  modlab_resized = 1;
  wake_reader();
}

static void on_suspend(int signal_number) {
  (void)signal_number;
  modlab_suspended = 1;
  wake_reader();
}

static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE,
                            SIGTRAP, SIGTERM, SIGHUP, SIGQUIT};
enum { FATAL = sizeof fatal / sizeof fatal[0] };
static struct sigaction previous[FATAL];

static void on_fatal(int signal_number) {
  write_last_words();
  modlab_restore_terminal();
  for (int i = 0; i < FATAL; i++) {
    if (fatal[i] == signal_number) sigaction(signal_number, &previous[i], NULL);
  }
  // Pending until this handler returns; a fault would come again by itself, abort() would not.
  raise(signal_number);
}

void modlab_guard_terminal(int descriptor) {
  // Always the modes of the first time: a later look could find a terminal left raw.
  if (guarded < 0) {
    if (tcgetattr(descriptor, &saved) != 0) return;
    guarded = descriptor;
    atexit(modlab_restore_terminal);
  }
  modlab_guard_output();
}

void modlab_guard_output(void) {
  static int installed;
  static char stack[64 * 1024];
  if (installed) return;
  installed = 1;
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
  }
  for (int i = 0; i < FATAL; i++) {
    sigaction(fatal[i], NULL, &previous[i]);
    if (previous[i].sa_handler == SIG_IGN) continue;
    struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
    sigfillset(&action.sa_mask);
    sigaction(fatal[i], &action, NULL);
  }
}

static void open_wake_pipe(void) {
  if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) wake[0] = wake[1] = -1;
}

static void set_handler(int signal_number, void (*handler)(int)) {
  // Without SA_RESTART: with it libedit and read() would keep waiting.
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

void modlab_set_last_words(const void *bytes, size_t count) {
  last_words = bytes;
  last_words_count = count;
}

void modlab_set_unanswered_words(const void *bytes, size_t count) {
  struct sigaction action = {.sa_handler = on_unanswered, .sa_flags = SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGALRM, &action, NULL);
  unanswered_words_count = count;
  unanswered_words = bytes;
}

void modlab_install_interrupt_handler(void) {
  open_wake_pipe();
  worker = pthread_self();
  set_handler(SIGINT, on_interrupt);
}

static void on_interrupt_end(int signal_number) {
  (void)signal_number;
  static const char words[] = "modlab: interrupted\n";
  write_last_words();
  modlab_write_all(STDERR_FILENO, words, sizeof words - 1);
  _exit(130);
}

void modlab_end_at_interrupt(void) { set_handler(SIGINT, on_interrupt_end); }

void modlab_install_prompt_handlers(struct modlab_dispositions *before) {
  open_wake_pipe();
  worker = pthread_self();
  sigaction(SIGINT, NULL, &before->interrupt);
  sigaction(SIGWINCH, NULL, &before->resize);
  sigaction(SIGTSTP, NULL, &before->suspend);
  set_handler(SIGINT, on_interrupt);
  set_handler(SIGWINCH, on_resize);
  if (before->suspend.sa_handler != SIG_IGN) set_handler(SIGTSTP, on_suspend);
}

void modlab_remove_prompt_handlers(const struct modlab_dispositions *before) {
  sigaction(SIGINT, &before->interrupt, NULL);
  sigaction(SIGWINCH, &before->resize, NULL);
  sigaction(SIGTSTP, &before->suspend, NULL);
}

void modlab_stop_process(void) {
  sigset_t only, before;
  signal(SIGTSTP, SIG_DFL);
  sigemptyset(&only);
  sigaddset(&only, SIGTSTP);
  raise(SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &only, &before);
  // Stopped here until SIGCONT.
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  set_handler(SIGTSTP, on_suspend);
}

int modlab_interrupt_pending(void) { return interrupted; }

void modlab_interrupt_clear(void) {
  interrupted = 0;
  if (unanswered_words) alarm(0);
}

int modlab_wait(int descriptor, const sigset_t *mask) {
  struct pollfd sources[2] = {{.fd = descriptor, .events = POLLIN},
                              {.fd = wake[0], .events = POLLIN}};
  int count = ppoll(sources, 2, NULL, mask);
  if (count < 0 && errno != EINTR) return -1;
  if (count > 0 && sources[1].revents) {
    char rest[64];
    while (read(wake[0], rest, sizeof rest) > 0) {
    }
  }
  if (count > 0 && mask) {
    // ppoll() that finds input leaves a signal pending; Ctrl-C comes before what was typed after it.
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, mask, &before);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (interrupted) return 0;
  }
  return count > 0 && sources[0].revents ? 1 : 0;
}

int modlab_wait_readable(int descriptor) {
  int result = 0;
  modlab_at_prompt = 1;
  while (!interrupted && result == 0) result = modlab_wait(descriptor, NULL);
  modlab_at_prompt = 0;
  return interrupted ? 0 : result;
}
