#define _GNU_SOURCE
#include "private.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
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

struct modlab_editor {
  EditLine *edit;
  HistoryW *history;
  FILE *in, *out;
  int input, output;
  wchar_t prompt[256];
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
  wchar_t *draft;
  int depth;
  int interrupted, had_text;
  ptrdiff_t last_cursor;
};

void modlab_prepare_locale(void) {
  if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
  }
}

int modlab_character_width(unsigned character) {
  int width = wcwidth((wchar_t)character);
  return width < 0 ? 0 : width;
}

void modlab_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  *columns = 80;
  *rows = 24;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    if (size.ws_col > 0) *columns = size.ws_col;
    if (size.ws_row > 0) *rows = size.ws_row;
  }
}

// MARK: Text

static modlab_editor *owner(EditLine *edit) {
  void *data = NULL;
  el_wget(edit, EL_CLIENTDATA, &data);
  return data;
}

/// UTF-8 of a wide text without its margins.
static char *narrow(const wchar_t *text, size_t count) {
  char *result = malloc(count * 4 + 1), *to = result;
  if (!result) return NULL;
  for (size_t i = 0; i < count; i++) {
    unsigned c = (unsigned)text[i];
    if (IS_MARGIN(c)) continue;
    if (c < 0x80) {
      *to++ = (char)c;
    } else if (c < 0x800) {
      *to++ = (char)(0xC0 | c >> 6);
      *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      *to++ = (char)(0xE0 | c >> 12);
      *to++ = (char)(0x80 | (c >> 6 & 0x3F));
      *to++ = (char)(0x80 | (c & 0x3F));
    } else {
      *to++ = (char)(0xF0 | c >> 18);
      *to++ = (char)(0x80 | (c >> 12 & 0x3F));
      *to++ = (char)(0x80 | (c >> 6 & 0x3F));
      *to++ = (char)(0x80 | (c & 0x3F));
    }
  }
  *to = 0;
  return result;
}

/// A wide text with a margin after each line break.
static wchar_t *widen(const modlab_editor *editor, const char *text, size_t length) {
  size_t breaks = 0, count = 0;
  for (size_t i = 0; i < length; i++) breaks += text[i] == '\n';
  wchar_t *result = malloc((length + breaks * (size_t)editor->margin + 1) * sizeof(wchar_t));
  if (!result) return NULL;
  mbstate_t state = {0};
  for (size_t i = 0; i < length;) {
    wchar_t c;
    size_t used = mbrtowc(&c, text + i, length - i, &state);
    if (used == (size_t)-1 || used == (size_t)-2 || used == 0) {
      memset(&state, 0, sizeof state);
      c = 0xFFFD;
      used = 1;
    }
    i += used;
    if (IS_MARGIN(c)) continue;
    result[count++] = c;
    if (c == L'\n') {
      for (int k = 0; k < editor->margin; k++) result[count++] = MARGIN_FIRST + k;
    }
  }
  result[count] = 0;
  return result;
}

/// Puts the continuation prompt where libedit drew the margin (U+10FF00… is F4 8F BC 80…).
static ssize_t write_screen(void *cookie, const char *bytes, size_t count) {
  modlab_editor *editor = cookie;
  static const unsigned char head[3] = {0xF4, 0x8F, 0xBC};
  char *buffer = malloc(count + 4);
  if (!buffer) return 0;
  size_t length = 0;
  for (size_t i = 0; i < count; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    int held = editor->carried.count;
    if (held < 3 && byte == head[held]) {
      editor->carried.count++;
      continue;
    }
    if (held == 3) {
      editor->carried.count = 0;
      int index = byte - 0x80;
      if (index >= 0 && index < editor->margin) {
        buffer[length++] = editor->continuation[index];
        continue;
      }
    }
    // At most three bytes can be held, and three are only ever let go once.
    if (length + (size_t)held + 1 > count + 4) break;
    memcpy(buffer + length, head, (size_t)held);
    length += (size_t)held;
    editor->carried.count = 0;
    if (byte == head[0]) {
      editor->carried.count = 1;
    } else {
      buffer[length++] = (char)byte;
    }
  }
  modlab_write_all(editor->output, buffer, length);
  free(buffer);
  return (ssize_t)count;
}

static wchar_t *prompt(EditLine *edit) { return owner(edit)->prompt; }

static void replace(EditLine *edit, const wchar_t *text, ptrdiff_t cursor) {
  const LineInfoW *line = el_wline(edit);
  el_cursor(edit, (int)(line->lastchar - line->cursor));
  line = el_wline(edit);
  if (line->lastchar > line->buffer) el_wdeletestr(edit, (int)(line->lastchar - line->buffer));
  if (*text) el_winsertstr(edit, text);
  line = el_wline(edit);
  el_cursor(edit, (int)(line->buffer + cursor - line->cursor));
}

/// Where a repair would move the cursor; `*damaged` when the text must change too.
static ptrdiff_t examine(const modlab_editor *editor, int *damaged) {
  const LineInfoW *line = el_wline(editor->edit);
  ptrdiff_t count = line->lastchar - line->buffer, cursor = line->cursor - line->buffer;
  ptrdiff_t to = cursor;
  *damaged = 0;
  for (ptrdiff_t i = 0; i < count;) {
    int broken = line->buffer[i] == L'\n';
    ptrdiff_t from = i + broken, end = from;
    while (end < count && IS_MARGIN(line->buffer[end])) end++;
    // Only a search shows such a break (its pattern stands in the buffer): hands off.
    if (broken && end == from) {
      *damaged = 0;
      return cursor;
    }
    if (end > from && (!broken || end - from != editor->margin)) *damaged = 1;
    if (broken && cursor >= from && cursor < end) to = editor->last_cursor <= i ? end : i;
    i = end > from ? end : i + 1;
  }
  return to;
}

/// libedit's own commands know nothing of margins. After each of them: a margin of which a part
/// was deleted takes its line break with it, one without its line break goes, and the cursor
/// leaves a margin in the direction in which it was moving.
static unsigned char repair(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  int damaged;
  ptrdiff_t to = examine(editor, &damaged);
  const LineInfoW *line = el_wline(edit);
  ptrdiff_t count = line->lastchar - line->buffer, cursor = line->cursor - line->buffer;
  if (!damaged) {
    el_cursor(edit, (int)(to - cursor));
    editor->last_cursor = to;
    return CC_REFRESH;
  }
  wchar_t *text = malloc(((size_t)count + 1) * sizeof(wchar_t));
  if (!text) return CC_ERROR;
  size_t length = 0;
  ptrdiff_t moved = cursor;
  for (ptrdiff_t i = 0; i < count;) {
    int broken = line->buffer[i] == L'\n';
    ptrdiff_t end = i + broken;
    while (end < count && IS_MARGIN(line->buffer[end])) end++;
    ptrdiff_t margin = end - i - broken;
    if (end == i || (broken && margin == editor->margin)) {
      if (end == i) end++;
      wmemcpy(text + length, line->buffer + i, (size_t)(end - i));
      length += (size_t)(end - i);
    } else {
      for (ptrdiff_t gone = i; gone < end; gone++) moved -= gone < cursor;
    }
    i = end;
  }
  text[length] = 0;
  replace(edit, text, moved);
  free(text);
  editor->last_cursor = moved;
  return CC_REFRESH;
}

/// The screen position of a place in the buffer, counted from the start of the prompt.
static void locate(modlab_editor *editor, const wchar_t *place, int *row, int *column) {
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

/// Draws everything again from the first row. Terminals reflow on a change of width, so that the
/// cursor stands where the new width would have put it.
static void redraw(modlab_editor *editor) {
  int row, column;
  locate(editor, el_wline(editor->edit)->cursor, &row, &column);
  move_rows(editor, -row);
  fputs("\033[J", editor->out);
  el_wset(editor->edit, EL_REFRESH);
}

/// Leaves the text on the screen, with a note behind it.
static void abandon(modlab_editor *editor, const char *note) {
  int row, column, last;
  const LineInfoW *line = el_wline(editor->edit);
  locate(editor, line->cursor, &row, &column);
  locate(editor, line->lastchar, &last, &column);
  move_rows(editor, last - row);
  if (column > 0) fprintf(editor->out, "\033[%dC", column);
  fprintf(editor->out, "%s\r\n", note);
  fflush(editor->out);
}

// MARK: The reader

static int has_text(modlab_editor *editor) {
  const LineInfoW *line = el_wline(editor->edit);
  return line->lastchar > line->buffer;
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

static int read_character(modlab_editor *editor, wchar_t *result) {
  for (;;) {
    if (modlab_interrupt_pending()) {
      editor->interrupted = 1;
      editor->had_text = has_text(editor);
      abandon(editor, "^C");
      errno = EINTR;
      return -1;
    }
    if (modlab_suspended) {
      handle_suspension(editor);
    }
    if (modlab_resized) {
      modlab_resized = 0;
      el_resize(editor->edit);
      redraw(editor);
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
    if (ready < 0) return -1;
    if (ready == 0) continue;
    ssize_t count = read(editor->input, editor->bytes, sizeof editor->bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0) {
      return 0;
    }
    editor->start = 0;
    editor->end = (size_t)count;
  }
}

static int get_character(EditLine *edit, wchar_t *result) {
  modlab_editor *editor = owner(edit);
  if (!editor->injected || !*editor->injected) {
    int damaged;
    ptrdiff_t cursor = el_wline(edit)->cursor - el_wline(edit)->buffer;
    ptrdiff_t to = examine(editor, &damaged);
    if (!damaged && to == cursor) editor->last_cursor = to;
    // As a key, because only what a command returns makes libedit draw the difference.
    editor->injected = damaged || to != cursor ? "\033[95~" : NULL;
  }
  if (editor->injected) {
    *result = (wchar_t)*editor->injected++;
    return 1;
  }
  return read_character(editor, result);
}

// MARK: Commands

static unsigned char enter(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  char *text = narrow(line->buffer, (size_t)(line->lastchar - line->buffer));
  int complete = !text || editor->callbacks.is_complete(editor->callbacks.context, text);
  free(text);
  if (complete) {
    // ed-newline itself goes to the end of the block; returning CC_NEWLINE from here would not.
    el_wpush(edit, L"\033[98~");
    return CC_NORM;
  }
  modlab_editor_insert(editor, "\n");
  return CC_REFRESH;
}

static const wchar_t *row_start(modlab_editor *editor, const wchar_t *from, const wchar_t *buffer) {
  while (from > buffer && from[-1] != L'\n') from--;
  return from > buffer ? from + editor->margin : from;
}

static unsigned char end_or_delete(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  if (line->lastchar == line->buffer) {
    fputs("\r\n", editor->out);
    return CC_EOF;
  }
  if (line->cursor == line->lastchar) {
    if (row_start(editor, line->cursor, line->buffer) != line->cursor) return CC_ERROR;
    // An empty last row: the block is given up, as with Ctrl-C.
    editor->interrupted = editor->had_text = 1;
    abandon(editor, "^D");
    return CC_EOF;
  }
  int count = *line->cursor == L'\n' ? editor->margin + 1 : 1;
  el_cursor(edit, count);
  el_wdeletestr(edit, count);
  return CC_REFRESH;
}

static unsigned char paste(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  static const wchar_t stop[] = L"\033[201~";
  size_t count = 0, capacity = 1024;
  wchar_t *text = malloc(capacity * sizeof(wchar_t));
  while (text) {
    wchar_t c;
    if (el_wgetc(edit, &c) != 1) break;
    if (count + 1 >= capacity) {
      capacity *= 2;
      wchar_t *grown = realloc(text, capacity * sizeof(wchar_t));
      if (!grown) break;
      text = grown;
    }
    text[count++] = c == 0 ? 0xFFFD : c;
    if (count >= 6 && wmemcmp(text + count - 6, stop, 6) == 0) {
      count -= 6;
      break;
    }
  }
  if (!text) return CC_ERROR;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (text[i] == L'\r') {
      text[kept++] = L'\n';
      if (i + 1 < count && text[i + 1] == L'\n') i++;
    } else {
      text[kept++] = text[i];
    }
  }
  // The last line break of a pasted block is not part of the text that the person means.
  while (kept > 0 && text[kept - 1] == L'\n') kept--;
  char *bytes = narrow(text, kept);
  free(text);
  if (bytes && *bytes) modlab_editor_insert(editor, bytes);
  free(bytes);
  return CC_REFRESH;
}

static const wchar_t *row_end(const wchar_t *from, const wchar_t *end) {
  while (from < end && *from != L'\n') from++;
  return from;
}

/// Puts the entry in the place of the text: 1 is the newest, 0 what was being typed. libedit's own
/// commands would clear an edited text when there is no newer entry.
static unsigned char recall(EditLine *edit, int depth) {
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  size_t length = (size_t)(line->lastchar - line->buffer);
  if (depth < 0) return CC_ERROR;
  if (depth == 0) {
    if (!editor->draft) return CC_ERROR;
    replace(edit, editor->draft, (ptrdiff_t)wcslen(editor->draft));
    editor->depth = 0;
    return CC_REFRESH;
  }
  HistEventW event;
  int found = history_w(editor->history, &event, H_FIRST);
  for (int i = 1; i < depth && found >= 0; i++) found = history_w(editor->history, &event, H_NEXT);
  if (found < 0) return CC_ERROR;
  if (editor->depth == 0) {
    free(editor->draft);
    editor->draft = malloc((length + 1) * sizeof(wchar_t));
    if (!editor->draft) return CC_ERROR;
    wmemcpy(editor->draft, line->buffer, length);
    editor->draft[length] = 0;
  }
  replace(edit, event.str, (ptrdiff_t)wcslen(event.str));
  editor->depth = depth;
  return CC_REFRESH;
}

static unsigned char previous_entry(EditLine *edit, wint_t key) {
  (void)key;
  return recall(edit, owner(edit)->depth + 1);
}

static unsigned char next_entry(EditLine *edit, wint_t key) {
  (void)key;
  return recall(edit, owner(edit)->depth - 1);
}

static unsigned char move_to(EditLine *edit, const LineInfoW *line, const wchar_t *place) {
  el_cursor(edit, (int)(place - line->cursor));
  return CC_CURSOR;
}

static unsigned char up(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  const wchar_t *start = row_start(editor, line->cursor, line->buffer);
  if (start == line->buffer) {
    return recall(edit, editor->depth + 1);
  }
  const wchar_t *end = start - editor->margin - 1;
  const wchar_t *place = row_start(editor, end, line->buffer) + (line->cursor - start);
  return move_to(edit, line, place < end ? place : end);
}

static unsigned char down(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  const wchar_t *end = row_end(line->cursor, line->lastchar);
  if (end == line->lastchar) {
    return recall(edit, editor->depth - 1);
  }
  const wchar_t *start = end + 1 + editor->margin, *last = row_end(start, line->lastchar);
  const wchar_t *place = start + (line->cursor - row_start(editor, line->cursor, line->buffer));
  return move_to(edit, line, place < last ? place : last);
}

static unsigned char home(EditLine *edit, wint_t key) {
  (void)key;
  const LineInfoW *line = el_wline(edit);
  return move_to(edit, line, row_start(owner(edit), line->cursor, line->buffer));
}

static unsigned char end(EditLine *edit, wint_t key) {
  (void)key;
  const LineInfoW *line = el_wline(edit);
  return move_to(edit, line, row_end(line->cursor, line->lastchar));
}

static unsigned char complete(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  char *before = narrow(line->buffer, (size_t)(line->cursor - line->buffer));
  char *after = narrow(line->cursor, (size_t)(line->lastchar - line->cursor));
  int result = MODLAB_COMPLETION_NONE;
  if (before && after) {
    result = editor->callbacks.complete(editor->callbacks.context, before, after);
  }
  free(before);
  free(after);
  switch (result) {
    case MODLAB_COMPLETION_INSERTED: return CC_REFRESH;
    case MODLAB_COMPLETION_LISTED: return CC_REDISPLAY;
    default: return CC_ERROR;
  }
}

void modlab_editor_insert(modlab_editor *editor, const char *text) {
  wchar_t *wide = widen(editor, text, strlen(text));
  if (wide && *wide) el_winsertstr(editor->edit, wide);
  free(wide);
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

int modlab_editor_read_key(modlab_editor *editor) {
  wchar_t c;
  return read_character(editor, &c) == 1 ? (int)c : -1;
}

// MARK: Life

static void add_functions(EditLine *edit) {
  el_wset(edit, EL_ADDFN, L"modlab-enter", L"Submit, or open another line", enter);
  el_wset(edit, EL_ADDFN, L"modlab-repair", L"Leave or mend a margin", repair);
  el_wset(edit, EL_ADDFN, L"modlab-previous", L"Older entry", previous_entry);
  el_wset(edit, EL_ADDFN, L"modlab-next", L"Newer entry", next_entry);
  el_wset(edit, EL_ADDFN, L"modlab-end-or-delete", L"End of input, or delete", end_or_delete);
  el_wset(edit, EL_ADDFN, L"modlab-paste", L"Insert a pasted block", paste);
  el_wset(edit, EL_ADDFN, L"modlab-up", L"Row above, or history", up);
  el_wset(edit, EL_ADDFN, L"modlab-down", L"Row below, or history", down);
  el_wset(edit, EL_ADDFN, L"modlab-home", L"Start of the row", home);
  el_wset(edit, EL_ADDFN, L"modlab-end", L"End of the row", end);
  el_wset(edit, EL_ADDFN, L"modlab-complete", L"Complete, or list", complete);
}

static const struct {
  const wchar_t *key, *command;
} bindings[] = {
    {L"^M", L"modlab-enter"},
    {L"^J", L"modlab-enter"},
    {L"^D", L"modlab-end-or-delete"},
    {L"^I", L"modlab-complete"},
    {L"\\e[200~", L"modlab-paste"},
    {KEY_NEWLINE, L"ed-newline"},
    {KEY_REPAIR, L"modlab-repair"},
    {L"\\e[A", L"modlab-up"},
    {L"\\eOA", L"modlab-up"},
    {L"\\e[B", L"modlab-down"},
    {L"\\eOB", L"modlab-down"},
    {L"\\e[H", L"modlab-home"},
    {L"\\eOH", L"modlab-home"},
    {L"\\e[1~", L"modlab-home"},
    {L"\\e[7~", L"modlab-home"},
    {L"\\e[F", L"modlab-end"},
    {L"\\eOF", L"modlab-end"},
    {L"\\e[4~", L"modlab-end"},
    {L"\\e[8~", L"modlab-end"},
    {L"\\e[3~", L"ed-delete-next-char"},
    {L"\\e[5~", L"modlab-previous"},
    {L"\\e[6~", L"modlab-next"},
    {L"\\e[1;5C", L"em-next-word"},
    {L"\\e[1;5D", L"ed-prev-word"},
    {L"\\e[1;3C", L"em-next-word"},
    {L"\\e[1;3D", L"ed-prev-word"},
    {L"\\e[1;5A", L"modlab-previous"},
    {L"\\e[1;5B", L"modlab-next"},
    {L"\\e[1;3A", L"modlab-previous"},
    {L"\\e[1;3B", L"modlab-next"},
};

static void bind_keys(EditLine *edit, int emacs) {
  for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
    el_wset(edit, EL_BIND, bindings[i].key, bindings[i].command, NULL);
  }
  if (emacs) {
    el_wset(edit, EL_BIND, L"^A", L"modlab-home", NULL);
    el_wset(edit, EL_BIND, L"^E", L"modlab-end", NULL);
    el_wset(edit, EL_BIND, L"^P", L"modlab-up", NULL);
    el_wset(edit, EL_BIND, L"^N", L"modlab-down", NULL);
    el_wset(edit, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
    el_wset(edit, EL_BIND, L"^W", L"ed-delete-prev-word", NULL);
    el_wset(edit, EL_BIND, L"^_", L"vi-undo", NULL);
  }
}

modlab_editor *modlab_editor_create(
    int input, int output, const char *text, const char *continuation, const char *colour,
    int history_limit, modlab_editor_callbacks callbacks) {
  modlab_prepare_locale();
  modlab_guard_terminal(input);
  modlab_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->input = input;
  editor->output = output;
  editor->callbacks = callbacks;
  snprintf(editor->continuation, sizeof editor->continuation, "%s", continuation);
  editor->margin = (int)strlen(editor->continuation);
  // An escape sequence cannot be the last thing in a prompt: the space comes after the reset.
  size_t length = strlen(text), spaces = 0;
  while (spaces < length && text[length - 1 - spaces] == ' ') spaces++;
  if (colour && *colour && spaces > 0) {
    swprintf(editor->prompt, 256, L"\001\033[%sm\001%.*s\001\033[0m\001%s", colour,
             (int)(length - spaces), text, text + length - spaces);
  } else {
    swprintf(editor->prompt, 256, L"%s", text);
  }
  cookie_io_functions_t functions = {.write = write_screen};
  editor->out = fopencookie(editor, "w", functions);
  int copy = dup(input);
  editor->in = copy < 0 ? NULL : fdopen(copy, "r");
  if (editor->out && editor->in) {
    editor->edit =
        el_init_fd("modlab", editor->in, editor->out, stderr, input, output, STDERR_FILENO);
  }
  editor->history = history_winit();
  if (!editor->edit || !editor->history) {
    modlab_editor_destroy(editor);
    return NULL;
  }
  HistEventW event;
  history_w(editor->history, &event, H_SETSIZE, history_limit);
  el_wset(editor->edit, EL_CLIENTDATA, editor);
  el_wset(editor->edit, EL_SIGNAL, 0);
  el_wset(editor->edit, EL_PROMPT_ESC, prompt, L'\001');
  el_wset(editor->edit, EL_EDITOR, L"emacs");
  el_wset(editor->edit, EL_HIST, history_w, editor->history);
  el_wset(editor->edit, EL_GETCFN, get_character);
  add_functions(editor->edit);
  bind_keys(editor->edit, 1);
  return editor;
}

void modlab_editor_read_configuration(modlab_editor *editor) {
  el_source(editor->edit, NULL);
  const wchar_t *mode = NULL;
  el_wget(editor->edit, EL_EDITOR, &mode);
  bind_keys(editor->edit, !mode || wcscmp(mode, L"emacs") == 0);
}

void modlab_editor_destroy(modlab_editor *editor) {
  if (!editor) return;
  if (editor->edit) el_end(editor->edit);
  if (editor->history) history_wend(editor->history);
  if (editor->out) fclose(editor->out);
  if (editor->in) fclose(editor->in);
  free(editor->draft);
  free(editor);
}

int modlab_editor_read(modlab_editor *editor, char **text) {
  struct modlab_dispositions before;
  sigset_t blocked, mask;
  *text = NULL;
  editor->interrupted = editor->had_text = 0;
  editor->last_cursor = 0;
  editor->injected = NULL;
  editor->depth = 0;
  modlab_at_prompt = 1;
  modlab_interrupt_clear();
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGINT);
  sigaddset(&blocked, SIGWINCH);
  sigaddset(&blocked, SIGTSTP);
  pthread_sigmask(SIG_BLOCK, &blocked, &mask);
  editor->waiting_mask = mask;
  sigdelset(&editor->waiting_mask, SIGINT);
  sigdelset(&editor->waiting_mask, SIGWINCH);
  sigdelset(&editor->waiting_mask, SIGTSTP);
  modlab_install_prompt_handlers(&before);
  // The size may have changed while something else had the terminal.
  el_resize(editor->edit);
  modlab_resized = modlab_suspended = 0;
  modlab_set_paste(editor->output, 1);
  int count = 0;
  const wchar_t *line = el_wgets(editor->edit, &count);
  fflush(editor->out);
  modlab_set_paste(editor->output, 0);
  modlab_remove_prompt_handlers(&before);
  modlab_at_prompt = 0;
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  if (editor->interrupted) {
    // Ends a search or a half-read key too; nothing of it may reach the next line.
    el_reset(editor->edit);
    el_wset(editor->edit, EL_PREP_TERM, 0);
    editor->start = editor->end = 0;
    modlab_interrupt_clear();
    return editor->had_text ? MODLAB_INTERRUPTED_WITH_TEXT : MODLAB_INTERRUPTED;
  }
  if (!line || count <= 0) return MODLAB_END_OF_INPUT;
  size_t length = (size_t)count;
  if (line[length - 1] == L'\n' || line[length - 1] == L'\r') length--;
  *text = narrow(line, length);
  return *text ? MODLAB_LINE : MODLAB_END_OF_INPUT;
}

void modlab_editor_add_history(modlab_editor *editor, const char *text) {
  HistEventW event;
  wchar_t *wide = widen(editor, text, strlen(text));
  if (wide && *wide) history_w(editor->history, &event, H_ENTER, wide);
  free(wide);
}

void modlab_editor_clear_history(modlab_editor *editor) {
  HistEventW event;
  history_w(editor->history, &event, H_CLEAR);
}
