#define _GNU_SOURCE
#include "editor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

void modlab_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  *columns = 80;
  *rows = 24;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    if (size.ws_col > 0) *columns = size.ws_col;
    if (size.ws_row > 0) *rows = size.ws_row;
  }
}

/// The screen position of a place in the buffer, counted from the start of the prompt.
void editor_locate(modlab_editor *editor, const wchar_t *place, int *row, int *column) {
  int width, height, escaped = 0;
  modlab_terminal_size(editor->output, &width, &height);
  *row = *column = 0;
  for (const wchar_t *c = editor->prompt; *c; c++) {
    if (*c == L'\001') escaped = !escaped;
    else if (!escaped) *column += modlab_character_width((unsigned)*c);
  }
  const LineInfoW *line = el_wline(editor->edit);
  for (const wchar_t *c = line->buffer; c < place; c++) {
    int next = *c == L'\t' ? 8 - *column % 8 : IS_MARGIN(*c) ? 1 : wcwidth(*c);
    if (next < 0) next = *c < 0x20 ? 2 : 8;
    if (*c == L'\n') {
      ++*row;
      *column = 0;
    } else if (*column + next > width) {
      ++*row;
      *column = next;
    } else {
      *column += next;
    }
  }
  if (*column >= width) {
    ++*row;
    *column = 0;
  }
}

static void move_rows(modlab_editor *editor, int rows) {
  if (rows < 0) fprintf(editor->out, "\033[%dA", -rows);
  if (rows > 0) fprintf(editor->out, "\033[%dB", rows);
  fputs("\r", editor->out);
}

/// Takes the text off the screen; the cursor is then where the prompt began.
void editor_erase(modlab_editor *editor) {
  int row, column;
  editor_locate(editor, el_wline(editor->edit)->cursor, &row, &column);
  move_rows(editor, -row);
  fputs("\033[J", editor->out);
  fflush(editor->out);
}

/// Draws everything again from the first row. Terminals reflow on a change of width, so that the
/// cursor stands where the new width would have put it.
void editor_redraw(modlab_editor *editor) {
  int row, column;
  editor_locate(editor, el_wline(editor->edit)->cursor, &row, &column);
  move_rows(editor, -row);
  fputs("\033[J", editor->out);
  el_wset(editor->edit, EL_REFRESH);
}

/// Leaves the text on the screen, with a note behind it.
void editor_abandon(modlab_editor *editor, const char *note) {
  int row, column, last;
  const LineInfoW *line = el_wline(editor->edit);
  editor_locate(editor, line->cursor, &row, &column);
  editor_locate(editor, line->lastchar, &last, &column);
  move_rows(editor, last - row);
  if (column > 0) fprintf(editor->out, "\033[%dC", column);
  fprintf(editor->out, "%s\r\n", note);
  fflush(editor->out);
}

static int rows_of(const wchar_t *from, const wchar_t *end, int width) {
  int columns = 0;
  for (; from < end; from++) {
    int next = IS_MARGIN(*from) ? 1 : *from == L'\t' ? 8 : wcwidth(*from);
    columns += next < 0 ? 2 : next;
  }
  return columns / width + 1;
}

/// Rows with their prompts, as libedit would draw them: control characters with a caret.
static void print_rows(modlab_editor *editor, const char *text) {
  const wchar_t *start = editor->above ? editor->next_prompt : editor->prompt;
  for (const wchar_t *c = start; *c; c++) {
    if (*c != L'\001') fprintf(editor->out, "%lc", (wint_t)*c);
  }
  for (const char *c = text; *c; c++) {
    unsigned char byte = (unsigned char)*c, next = (unsigned char)c[1];
    if (byte == '\n') {
      fputs("\r\n", editor->out);
      if (next) fputs(editor->continuation, editor->out);
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      fputc('?', editor->out);
      c++;
    } else if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
      fprintf(editor->out, "^%c", byte ^ 0x40);
    } else {
      fputc(byte, editor->out);
    }
  }
}

/// libedit cannot draw more rows than the screen has. Where the text would need them, its upper
/// rows are printed once, as output, and leave the buffer; they stay part of the entry. `row` is
/// where the cursor stands on the screen, counted from the first row of what is drawn.
void editor_fit(modlab_editor *editor, int row) {
  int width, height, last, column, rows = 0;
  modlab_terminal_size(editor->output, &width, &height);
  const LineInfoW *line = el_wline(editor->edit);
  editor_locate(editor, line->lastchar, &last, &column);
  if (last + 1 < height) return;
  const wchar_t *split = NULL, *row_end = line->lastchar;
  for (const wchar_t *place = line->lastchar; place > line->buffer; place--) {
    if (place[-1] != L'\n') continue;
    rows += rows_of(place, row_end, width);
    if (split && rows > height / 2) break;
    if (place <= line->cursor) split = place;
    row_end = place - 1;
  }
  if (!split) return;
  char *printed = editor_narrow(line->buffer, (size_t)(split - line->buffer));
  size_t margin = (size_t)editor->margin, count = (size_t)(line->lastchar - split);
  wchar_t *rest = malloc((count + 1) * sizeof(wchar_t));
  char *whole = editor_text(editor, split);
  if (!printed || !rest || !whole || count < margin) {
    free(printed);
    free(rest);
    free(whole);
    return;
  }
  wmemcpy(rest, split + margin, count - margin);
  rest[count - margin] = 0;
  ptrdiff_t cursor = line->cursor - split - editor->margin;
  move_rows(editor, -row);
  fputs("\033[J", editor->out);
  print_rows(editor, printed);
  free(editor->above);
  editor->above = whole;
  editor_replace(editor->edit, rest, cursor > 0 ? cursor : 0);
  editor->last_cursor = cursor > 0 ? cursor : 0;
  free(printed);
  free(rest);
  // From here libedit draws as on an empty screen.
  el_wset(editor->edit, EL_REFRESH);
}

void modlab_editor_begin_list(modlab_editor *editor) {
  const LineInfoW *line = el_wline(editor->edit);
  int distance = (int)(line->lastchar - line->cursor);
  if (distance > 0) {
    el_cursor(editor->edit, distance);
    el_wset(editor->edit, EL_REFRESH);
    el_cursor(editor->edit, -distance);
  }
  fputs("\r\n", editor->out);
  fflush(editor->out);
}

void modlab_editor_write(modlab_editor *editor, const char *text) {
  fputs(text, editor->out);
  fflush(editor->out);
}
