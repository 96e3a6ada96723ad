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
#define KEY_PREVIOUS L"\\e[97~"
#define KEY_NEXT L"\\e[96~"

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
  int interrupted, had_text, ended;
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

/// libedit's own commands know nothing of margins. After each of them: a margin of which a part
/// was deleted takes its line break with it, one without its line break goes, and the cursor
/// leaves a margin in the direction in which it was moving.
static void repair(modlab_editor *editor) {
  const LineInfoW *line = el_wline(editor->edit);
  size_t count = (size_t)(line->lastchar - line->buffer);
  ptrdiff_t cursor = line->cursor - line->buffer;
  int damaged = 0;
  for (size_t i = 0; i < count;) {
    size_t k = 0;
    int broken = line->buffer[i] == L'\n';
    size_t from = i + (size_t)broken;
    while (from + k < count && IS_MARGIN(line->buffer[from + k])) k++;
    // Only a search shows such a break (its pattern stands in the buffer): hands off.
    if (broken && k == 0) return;
    if (k > 0 && (!broken || k != (size_t)editor->margin)) damaged = 1;
    if (broken && !damaged && cursor >= (ptrdiff_t)from && cursor < (ptrdiff_t)(from + k)) {
      ptrdiff_t to = editor->last_cursor <= (ptrdiff_t)i ? (ptrdiff_t)(from + k) : (ptrdiff_t)i;
      el_cursor(editor->edit, (int)(to - cursor));
      el_wset(editor->edit, EL_REFRESH);
      cursor = to;
    }
    i = from + k + (broken || k > 0 ? 0 : 1);
  }
  if (damaged) {
    wchar_t *text = malloc((count + 1) * sizeof(wchar_t));
    if (!text) return;
    size_t length = 0;
    ptrdiff_t moved = cursor;
    for (size_t i = 0; i < count;) {
      int broken = line->buffer[i] == L'\n';
      size_t from = i + (size_t)broken, k = 0;
      while (from + k < count && IS_MARGIN(line->buffer[from + k])) k++;
      if (!broken && k == 0) {
        text[length++] = line->buffer[i++];
        continue;
      }
      if (broken && k == (size_t)editor->margin) {
        wmemcpy(text + length, line->buffer + i, k + 1);
        length += k + 1;
      } else {
        for (size_t gone = i; gone < from + k; gone++) moved -= (ptrdiff_t)gone < cursor;
      }
      i = from + k;
    }
    text[length] = 0;
    replace(editor->edit, text, moved);
    free(text);
    el_wset(editor->edit, EL_REFRESH);
    cursor = moved;
  }
  editor->last_cursor = cursor;
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
      errno = EINTR;
      return -1;
    }
    if (modlab_suspended) {
      handle_suspension(editor);
    }
    if (modlab_resized) {
      modlab_resized = 0;
      el_resize(editor->edit);
      fputs("\r", editor->out);
      el_wset(editor->edit, EL_REFRESH);
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
      editor->ended = 1;
      return 0;
    }
    editor->start = 0;
    editor->end = (size_t)count;
  }
}

static int get_character(EditLine *edit, wchar_t *result) {
  modlab_editor *editor = owner(edit);
  repair(editor);
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

static unsigned char end_or_delete(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = owner(edit);
  const LineInfoW *line = el_wline(edit);
  if (line->lastchar == line->buffer) {
    editor->ended = 1;
    return CC_EOF;
  }
  if (line->cursor == line->lastchar) return CC_ERROR;
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

static const wchar_t *row_start(modlab_editor *editor, const wchar_t *from, const wchar_t *buffer) {
  while (from > buffer && from[-1] != L'\n') from--;
  return from > buffer ? from + editor->margin : from;
}

static const wchar_t *row_end(const wchar_t *from, const wchar_t *end) {
  while (from < end && *from != L'\n') from++;
  return from;
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
    el_wpush(edit, L"\033[97~");
    return CC_NORM;
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
    el_wpush(edit, L"\033[96~");
    return CC_NORM;
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
    {KEY_PREVIOUS, L"ed-prev-history"},
    {KEY_NEXT, L"ed-next-history"},
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
    {L"\\e[5~", L"ed-prev-history"},
    {L"\\e[6~", L"ed-next-history"},
    {L"\\e[1;5C", L"em-next-word"},
    {L"\\e[1;5D", L"ed-prev-word"},
    {L"\\e[1;3C", L"em-next-word"},
    {L"\\e[1;3D", L"ed-prev-word"},
    {L"\\e[1;5A", L"ed-prev-history"},
    {L"\\e[1;5B", L"ed-next-history"},
    {L"\\e[1;3A", L"ed-prev-history"},
    {L"\\e[1;3B", L"ed-next-history"},
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
  free(editor);
}

int modlab_editor_read(modlab_editor *editor, char **text) {
  struct modlab_dispositions before;
  sigset_t blocked, mask;
  *text = NULL;
  editor->interrupted = editor->had_text = editor->ended = 0;
  editor->last_cursor = 0;
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
