#define _GNU_SOURCE
#include "editor.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

int editor_has_text(modlab_editor *editor) {
  const LineInfoW *line = el_wline(editor->edit);
  return editor->above || line->lastchar > line->buffer;
}

static void handle_suspension(modlab_editor *editor) {
  modlab_suspended = 0;
  modlab_set_paste(editor->output, 0);
  el_wset(editor->edit, EL_PREP_TERM, 0);
  modlab_stop_process();
  el_wset(editor->edit, EL_PREP_TERM, 1);
  modlab_set_paste(editor->output, 1);
  modlab_resized = 1;
}

int editor_read_character(modlab_editor *editor, wchar_t *result) {
  for (;;) {
    if (modlab_interrupt_pending()) {
      editor->interrupted = 1;
      editor->had_text = editor_has_text(editor);
      editor_abandon(editor, "^C");
      errno = EINTR;
      return -1;
    }
    if (modlab_suspended) {
      handle_suspension(editor);
    }
    if (modlab_resized) {
      modlab_resized = 0;
      el_resize(editor->edit);
      editor_redraw(editor);
    }
    while (editor->start < editor->end) {
      const char *byte = (const char *)editor->bytes + editor->start;
      wchar_t c;
      size_t used = mbrtowc(&c, byte, 1, &editor->decoding);
      if (used == (size_t)-1) {
        // A byte that breaks off a sequence is itself the start of what follows.
        int inside = !mbsinit(&editor->decoding) && ((unsigned char)*byte & 0xC0) != 0x80;
        memset(&editor->decoding, 0, sizeof editor->decoding);
        if (!inside) editor->start++;
        *result = 0xFFFD;
        return 1;
      }
      editor->start++;
      if (used == (size_t)-2) continue;
      *result = IS_MARGIN(c) ? 0xFFFD : c;
      return 1;
    }
    int ready = modlab_wait(editor->input, &editor->waiting_mask);
    if (ready < 0) {
      editor->hung_up = 1;
      return -1;
    }
    if (ready == 0) continue;
    ssize_t count = read(editor->input, editor->bytes, sizeof editor->bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0) {
      // Ctrl-D is a character here: this is the end of the terminal.
      editor->hung_up = 1;
      return 0;
    }
    editor->start = 0;
    editor->end = (size_t)count;
  }
}

/// Whether Escape was pressed by itself, and not sent by a key of several characters.
static int is_lone_escape(modlab_editor *editor) {
  if (editor->start == editor->end) {
    struct pollfd source = {.fd = editor->input, .events = POLLIN};
    if (poll(&source, 1, 30) <= 0) return 1;
    ssize_t count = read(editor->input, editor->bytes, sizeof editor->bytes);
    if (count <= 0) return 1;
    editor->start = 0;
    editor->end = (size_t)count;
  }
  unsigned char next = editor->bytes[editor->start];
  return next != '[' && next != 'O';
}

void editor_skip_paste(modlab_editor *editor) {
  static const char stop[] = "\033[201~";
  size_t matched = 0;
  for (;;) {
    while (editor->start < editor->end) {
      char byte = (char)editor->bytes[editor->start++];
      matched = byte == stop[matched] ? matched + 1 : byte == stop[0];
      if (!stop[matched]) return;
    }
    struct pollfd source = {.fd = editor->input, .events = POLLIN};
    int ready = poll(&source, 1, 300);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return;
    ssize_t count = read(editor->input, editor->bytes, sizeof editor->bytes);
    if (count <= 0) return;
    editor->start = 0;
    editor->end = (size_t)count;
  }
}

int editor_get_character(EditLine *edit, wchar_t *result) {
  modlab_editor *editor = editor_owner(edit);
  if (!editor->injected || !*editor->injected) {
    int damaged;
    ptrdiff_t cursor = el_wline(edit)->cursor - el_wline(edit)->buffer;
    ptrdiff_t to = editor_examine(editor, &damaged);
    if (!damaged && to == cursor) editor->last_cursor = to;
    // As a key, because only what a command returns makes libedit draw the difference.
    editor->injected = damaged || to != cursor ? "\033[95~" : NULL;
  }
  if (editor->injected) {
    *result = (wchar_t)*editor->injected++;
    return 1;
  }
  int count = editor_read_character(editor, result);
  if (count == 1 && *result == 033 && editor->is_vi && is_lone_escape(editor)) *result = KEY_ESCAPE;
  return count;
}

int modlab_editor_read_key(modlab_editor *editor) {
  wchar_t c;
  return editor_read_character(editor, &c) == 1 ? (int)c : -1;
}
