#define _GNU_SOURCE
#include "editor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Where the text fills its last row, libedit has already gone to the next one, and the line break
/// would leave it empty.
static void leave_full_row(modlab_editor *editor) {
  const LineInfoW *line = el_wline(editor->edit);
  int row, column;
  editor_locate(editor, line->lastchar, &row, &column);
  if (column > 0 || row == 0) return;
  el_cursor(editor->edit, (int)(line->lastchar - line->cursor));
  el_wset(editor->edit, EL_REFRESH);
  fputs("\033[A", editor->out);
  fflush(editor->out);
}

static unsigned char enter(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
  const LineInfoW *line = el_wline(edit);
  char *text = editor_text(editor, line->lastchar);
  int row, column;
  editor_locate(editor, line->cursor, &row, &column);
  int complete = !text || editor->callbacks.is_complete(editor->callbacks.context, text);
  free(text);
  if (complete) {
    leave_full_row(editor);
    // ed-newline itself goes to the end of the block; returning CC_NEWLINE from here would not.
    el_wpush(edit, L"\033[98~");
    return CC_NORM;
  }
  modlab_editor_insert(editor, "\n");
  editor_fit(editor, row);
  return CC_REFRESH;
}

static const wchar_t *row_start(modlab_editor *editor, const wchar_t *from, const wchar_t *buffer) {
  while (from > buffer && from[-1] != L'\n') from--;
  return from > buffer ? from + editor->margin : from;
}

static unsigned char end_or_delete(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
  const LineInfoW *line = el_wline(edit);
  if (!editor_has_text(editor)) {
    fputs("\r\n", editor->out);
    return CC_EOF;
  }
  if (line->cursor == line->lastchar) {
    const wchar_t *start = row_start(editor, line->cursor, line->buffer);
    if (start != line->cursor || (start == line->buffer && !editor->above)) return CC_ERROR;
    // An empty last row: the block is given up, as with Ctrl-C.
    editor->interrupted = editor->had_text = 1;
    editor_abandon(editor, "^D");
    return CC_EOF;
  }
  int count = *line->cursor == L'\n' ? editor->margin + 1 : 1;
  el_cursor(edit, count);
  el_wdeletestr(edit, count);
  return CC_REFRESH;
}

static unsigned char paste(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
  static const wchar_t stop[] = L"\033[201~";
  size_t count = 0, capacity = 1024;
  wchar_t *text = malloc(capacity * sizeof(wchar_t));
  while (text) {
    wchar_t c;
    if (el_wgetc(edit, &c) != 1) {
      if (!editor->interrupted) break;
      // The rest of the paste is no text that somebody types.
      editor_skip_paste(editor);
      free(text);
      return CC_EOF;
    }
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
    if (text[i] == L'\r' || text[i] == L'\n') {
      // libedit has the terminal exchange the two characters: a CRLF arrives the other way round.
      wchar_t other = text[i] == L'\r' ? L'\n' : L'\r';
      text[kept++] = L'\n';
      if (i + 1 < count && text[i + 1] == other) i++;
    } else {
      text[kept++] = text[i];
    }
  }
  // The last line break of a pasted block is not part of the text that the person means.
  while (kept > 0 && text[kept - 1] == L'\n') kept--;
  char *bytes = editor_narrow(text, kept);
  free(text);
  int row, column;
  editor_locate(editor, el_wline(edit)->cursor, &row, &column);
  if (bytes && *bytes) modlab_editor_insert(editor, bytes);
  free(bytes);
  editor_fit(editor, row);
  return CC_REFRESH;
}

static const wchar_t *row_end(const wchar_t *from, const wchar_t *end) {
  while (from < end && *from != L'\n') from++;
  return from;
}

/// Puts the entry in the place of the text: 1 is the newest, 0 what was being typed. libedit's own
/// commands would clear an edited text when there is no newer entry.
static unsigned char recall(EditLine *edit, int depth) {
  modlab_editor *editor = editor_owner(edit);
  const LineInfoW *line = el_wline(edit);
  size_t length = (size_t)(line->lastchar - line->buffer);
  // Another entry cannot take the place of rows that are already printed.
  if (depth < 0 || editor->above) return CC_ERROR;
  int row, column;
  editor_locate(editor, line->cursor, &row, &column);
  if (depth == 0) {
    if (!editor->draft) return CC_ERROR;
    editor_replace(edit, editor->draft, (ptrdiff_t)wcslen(editor->draft));
    editor->depth = 0;
    editor_fit(editor, row);
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
  editor_replace(edit, event.str, (ptrdiff_t)wcslen(event.str));
  editor->depth = depth;
  editor_fit(editor, row);
  return CC_REFRESH;
}

static unsigned char previous_entry(EditLine *edit, wint_t key) {
  (void)key;
  return recall(edit, editor_owner(edit)->depth + 1);
}

static unsigned char next_entry(EditLine *edit, wint_t key) {
  (void)key;
  return recall(edit, editor_owner(edit)->depth - 1);
}

static unsigned char move_to(EditLine *edit, const LineInfoW *line, const wchar_t *place) {
  el_cursor(edit, (int)(place - line->cursor));
  return CC_CURSOR;
}

static unsigned char up(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
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
  modlab_editor *editor = editor_owner(edit);
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
  return move_to(edit, line, row_start(editor_owner(edit), line->cursor, line->buffer));
}

static unsigned char end(EditLine *edit, wint_t key) {
  (void)key;
  const LineInfoW *line = el_wline(edit);
  return move_to(edit, line, row_end(line->cursor, line->lastchar));
}

static unsigned char complete(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
  const LineInfoW *line = el_wline(edit);
  char *before = editor_text(editor, line->cursor);
  char *after = editor_narrow(line->cursor, (size_t)(line->lastchar - line->cursor));
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

/// The whole entry in the person's own editor; what comes back takes its place.
static unsigned char edit_elsewhere(EditLine *edit, wint_t key) {
  (void)key;
  modlab_editor *editor = editor_owner(edit);
  char *text = editor_text(editor, el_wline(edit)->lastchar);
  if (!text) return CC_ERROR;
  editor_erase(editor);
  modlab_set_paste(editor->output, 0);
  el_wset(edit, EL_PREP_TERM, 0);
  char *changed = editor->callbacks.edit(editor->callbacks.context, text);
  el_wset(edit, EL_PREP_TERM, 1);
  modlab_set_paste(editor->output, 1);
  free(text);
  if (changed) {
    wchar_t *wide = editor_widen(editor, changed, strlen(changed));
    free(editor->above);
    editor->above = NULL;
    if (wide) editor_replace(edit, wide, (ptrdiff_t)wcslen(wide));
    free(wide);
    free(changed);
    editor_fit(editor, 0);
  }
  el_wset(edit, EL_REFRESH);
  return changed ? CC_REFRESH : CC_ERROR;
}

void modlab_editor_replace(modlab_editor *editor, int count, const char *text) {
  if (count > 0) el_wdeletestr(editor->edit, count);
  modlab_editor_insert(editor, text);
}

void modlab_editor_insert(modlab_editor *editor, const char *text) {
  wchar_t *wide = editor_widen(editor, text, strlen(text));
  if (wide && *wide) el_winsertstr(editor->edit, wide);
  free(wide);
}

void editor_add_commands(EditLine *edit) {
  el_wset(edit, EL_ADDFN, L"modlab-enter", L"Submit, or open another line", enter);
  el_wset(edit, EL_ADDFN, L"modlab-repair", L"Leave or mend a margin", editor_repair);
  el_wset(edit, EL_ADDFN, L"modlab-previous", L"Older entry", previous_entry);
  el_wset(edit, EL_ADDFN, L"modlab-next", L"Newer entry", next_entry);
  el_wset(edit, EL_ADDFN, L"modlab-end-or-delete", L"End of input, or delete", end_or_delete);
  el_wset(edit, EL_ADDFN, L"modlab-paste", L"Insert a pasted block", paste);
  el_wset(edit, EL_ADDFN, L"modlab-up", L"Row above, or history", up);
  el_wset(edit, EL_ADDFN, L"modlab-down", L"Row below, or history", down);
  el_wset(edit, EL_ADDFN, L"modlab-home", L"Start of the row", home);
  el_wset(edit, EL_ADDFN, L"modlab-end", L"End of the row", end);
  el_wset(edit, EL_ADDFN, L"modlab-edit", L"The entry in $EDITOR", edit_elsewhere);
  el_wset(edit, EL_ADDFN, L"modlab-complete", L"Complete, or list", complete);
}
