// What the files of the editor share.
#ifndef CEDITLINE_EDITOR_H
#define CEDITLINE_EDITOR_H

#include "private.h"

#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

// libedit has no prompt for the second and later rows of a buffer. A row therefore begins with
// margin characters in the buffer itself: private-use code points, one for each character of the
// continuation prompt, each one column wide. libedit counts and draws them like any other
// character, and the stream that it writes to puts the prompt's characters in their place.
#define MARGIN_FIRST 0x10FF00
#define MARGIN_LIMIT 63
#define IS_MARGIN(c) ((c) >= MARGIN_FIRST && (c) <= MARGIN_FIRST + MARGIN_LIMIT)

#define KEY_NEWLINE L"\\e[98~"
#define KEY_REPAIR L"\\e[95~"
// Stands for a lone Escape, because Escape itself begins the keys above.
#define KEY_ESCAPE 0x9B

struct modlab_editor {
  EditLine *edit;
  HistoryW *history;
  FILE *in, *out;
  int input, output;
  char *colour;
  wchar_t prompt[256], next_prompt[MARGIN_LIMIT + 1];
  char continuation[MARGIN_LIMIT + 1];
  int margin;
  modlab_editor_callbacks callbacks;
  struct {
    unsigned char bytes[4];
    int count;
  } carried;
  unsigned char bytes[4096];
  size_t start, end;
  mbstate_t decoding;
  sigset_t waiting_mask;
  const char *injected;
  /// The rows of the entry that were printed because the screen has no room for them; each ends
  /// with a line break. NULL when there are none.
  char *above;
  int is_vi;
  wchar_t *draft;
  int depth;
  int interrupted, had_text;
  /// The terminal is gone.
  int hung_up;
  ptrdiff_t last_cursor;
};

// text.c
modlab_editor *editor_owner(EditLine *edit);
char *editor_narrow(const wchar_t *text, size_t count);
wchar_t *editor_widen(const modlab_editor *editor, const char *text, size_t length);

/// All of the entry up to a place in the buffer.
char *editor_text(const modlab_editor *editor, const wchar_t *end);

// margins.c
ssize_t editor_write_screen(void *cookie, const char *bytes, size_t count);
void editor_replace(EditLine *edit, const wchar_t *text, ptrdiff_t cursor);
ptrdiff_t editor_examine(const modlab_editor *editor, int *damaged);
unsigned char editor_repair(EditLine *edit, wint_t key);

// screen.c
void editor_locate(modlab_editor *editor, const wchar_t *place, int *row, int *column);
void editor_erase(modlab_editor *editor);
void editor_fit(modlab_editor *editor, int row);
void editor_redraw(modlab_editor *editor);
void editor_abandon(modlab_editor *editor, const char *note);

// reader.c
int editor_has_text(modlab_editor *editor);
int editor_read_character(modlab_editor *editor, wchar_t *result);
/// Reads up to the end of a paste, or until nothing comes for a moment.
void editor_skip_paste(modlab_editor *editor);
int editor_get_character(EditLine *edit, wchar_t *result);

// commands.c
void editor_add_commands(EditLine *edit);

#endif
