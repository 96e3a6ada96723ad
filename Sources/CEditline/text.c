#define _GNU_SOURCE
#include "editor.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

void modlab_prepare_locale(void) {
  if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
  }
}

int modlab_character_width(unsigned character) {
  int width = wcwidth((wchar_t)character);
  return width < 0 ? 0 : width;
}

modlab_editor *editor_owner(EditLine *edit) {
  void *data = NULL;
  el_wget(edit, EL_CLIENTDATA, &data);
  return data;
}

/// UTF-8 of a wide text without its margins.
char *editor_narrow(const wchar_t *text, size_t count) {
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
wchar_t *editor_widen(const modlab_editor *editor, const char *text, size_t length) {
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

char *editor_text(const modlab_editor *editor, const wchar_t *end) {
  const LineInfoW *line = el_wline(editor->edit);
  char *below = editor_narrow(line->buffer, (size_t)(end - line->buffer));
  if (!below || !editor->above) return below;
  size_t count = strlen(editor->above);
  char *whole = malloc(count + strlen(below) + 1);
  if (whole) {
    memcpy(whole, editor->above, count);
    strcpy(whole + count, below);
  }
  free(below);
  return whole;
}
