#define _GNU_SOURCE
#include "editor.h"

#include <stdlib.h>
#include <string.h>

/// Puts the continuation prompt where libedit drew the margin (U+10FF00… is F4 8F BC 80…).
ssize_t editor_write_screen(void *cookie, const char *bytes, size_t count) {
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

void editor_replace(EditLine *edit, const wchar_t *text, ptrdiff_t cursor) {
  const LineInfoW *line = el_wline(edit);
  el_cursor(edit, (int)(line->lastchar - line->cursor));
  line = el_wline(edit);
  if (line->lastchar > line->buffer) el_wdeletestr(edit, (int)(line->lastchar - line->buffer));
  if (*text) el_winsertstr(edit, text);
  line = el_wline(edit);
  el_cursor(edit, (int)(line->buffer + cursor - line->cursor));
}

/// Where a repair would move the cursor; `*damaged` when the text must change too.
ptrdiff_t editor_examine(const modlab_editor *editor, int *damaged) {
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
unsigned char editor_repair(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
  int damaged;
  ptrdiff_t to = editor_examine(editor, &damaged);
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
  editor_replace(edit, text, moved);
  free(text);
  editor->last_cursor = moved;
  return CC_REFRESH;
}
