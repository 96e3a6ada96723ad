// libedit's variadic calls as plain functions, the reader under them, and what must be done in
// signal handlers. Texts are NUL-terminated UTF-8; lines of an entry are separated by '\n'.
#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <stddef.h>

typedef struct modlab_editor modlab_editor;

typedef struct {
  void *context;
  /// Whether ENTER may submit `text`; otherwise it opens another line.
  int (*is_complete)(void *context, const char *text);
  /// Tab. Calls the `modlab_editor_…` functions below and returns a `modlab_completion`.
  int (*complete)(void *context, const char *before, const char *after);
  /// The text as a person's own editor left it, to be freed; NULL when that failed.
  char *(*edit)(void *context, const char *text);
} modlab_editor_callbacks;

enum modlab_completion {
  MODLAB_COMPLETION_NONE = 0,
  MODLAB_COMPLETION_INSERTED = 1,
  MODLAB_COMPLETION_LISTED = 2,
};

enum modlab_result {
  MODLAB_LINE = 0,
  MODLAB_END_OF_INPUT = 1,
  MODLAB_INTERRUPTED = 2,
  MODLAB_INTERRUPTED_WITH_TEXT = 3,
  /// The terminal is gone; what was typed last may be half of something.
  MODLAB_HUNG_UP = 4,
};

/// NULL when libedit cannot use the terminal. `continuation` is ASCII of at most 63 characters.
modlab_editor *modlab_editor_create(
    int input, int output, const char *prompt, const char *continuation, const char *colour,
    int history_limit, modlab_editor_callbacks callbacks);
void modlab_editor_destroy(modlab_editor *editor);
/// Reads `$EDITRC` or `~/.editrc`, then makes the bindings that the program cannot do without.
void modlab_editor_read_configuration(modlab_editor *editor);
/// For the reads that follow.
void modlab_editor_set_prompt(modlab_editor *editor, const char *text);
/// `*text` is set for MODLAB_LINE only; the caller frees it.
int modlab_editor_read(modlab_editor *editor, char **text);
void modlab_editor_add_history(modlab_editor *editor, const char *text);
void modlab_editor_clear_history(modlab_editor *editor);

/// For use inside the completion callback.
void modlab_editor_insert(modlab_editor *editor, const char *text);
/// Puts the text in the place of the `count` characters before the cursor.
void modlab_editor_replace(modlab_editor *editor, int count, const char *text);
/// Moves below the text being edited, so that a list may be written.
void modlab_editor_begin_list(modlab_editor *editor);
void modlab_editor_write(modlab_editor *editor, const char *text);
/// The next character, or -1 at the end of input or an interruption.
int modlab_editor_read_key(modlab_editor *editor);
void modlab_terminal_size(int descriptor, int *columns, int *rows);

/// Chooses the locale of LC_CTYPE, C.UTF-8 where the environment's is not UTF-8.
void modlab_prepare_locale(void);
/// Columns of a character in that locale; 0 for control characters.
int modlab_character_width(unsigned character);

/// SIGINT sets a flag from now on; a second one while the flag is unanswered ends the process
/// with 130, except at a prompt.
void modlab_install_interrupt_handler(void);
/// SIGINT ends the process at once, with 130.
void modlab_end_at_interrupt(void);
int modlab_interrupt_pending(void);
void modlab_interrupt_clear(void);
/// What such a second one, and a signal that ends the process, write to standard output before.
void modlab_set_last_words(const void *bytes, size_t count);
/// What is written to standard output when nothing answers the first one for a second.
void modlab_set_unanswered_words(const void *bytes, size_t count);
/// Whether a terminal that gives no more input is gone; else somebody typed the end of input.
int modlab_is_hung_up(int descriptor);
/// Ends the process as SIGHUP does.
_Noreturn void modlab_end_by_hang_up(void);
/// Waits until `descriptor` can be read: 1, or 0 when an interruption came first, -1 for an error.
int modlab_wait_readable(int descriptor);

/// From now on a signal that ends the process, a crash too, writes the last words before; what
/// would block is not written.
void modlab_guard_output(void);
/// Remembers the terminal's present modes and puts them back on exit and on fatal signals.
void modlab_guard_terminal(int descriptor);
void modlab_restore_terminal(void);

/// Runs `sh -c command` with SIGINT and SIGQUIT left to the child. `input` becomes its standard
/// input when it is not -1. Returns the wait status, or -1.
int modlab_run_shell(const char *command, const char *argument, int input);
/// A child whose standard input is the returned descriptor; `*child` is its process.
int modlab_open_filter(const char *command, int *child);
int modlab_close_filter(int descriptor, int child);
/// Writes all of it; 0, or -1 (a closed pipe is no signal).
int modlab_write_all(int descriptor, const void *bytes, size_t count);

#endif
