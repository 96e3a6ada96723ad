#define _GNU_SOURCE
#include "editor.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static wchar_t *prompt(EditLine *edit) {
  modlab_editor *editor = editor_owner(edit);
  return editor->above ? editor->next_prompt : editor->prompt;
}

struct binding {
  const wchar_t *key, *command;
};

/// Without these the editor does not work; a configuration cannot change them.
static const struct binding mandatory[] = {
    {L"^M", L"modlab-enter"},
    {L"^J", L"modlab-enter"},
    {L"^D", L"modlab-end-or-delete"},
    {L"\\e[200~", L"modlab-paste"},
    {KEY_NEWLINE, L"ed-newline"},
    {KEY_REPAIR, L"modlab-repair"},
    // libedit's own command line: it crashes on an open quotation mark.
    {L"\\ex", L"ed-unassigned"},
    {L"\\eX", L"ed-unassigned"},
};

static const struct binding usual[] = {
    {L"^I", L"modlab-complete"},
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

static const struct binding emacs[] = {
    {L"^A", L"modlab-home"},
    {L"^E", L"modlab-end"},
    {L"^P", L"modlab-up"},
    {L"^N", L"modlab-down"},
    {L"^R", L"em-inc-search-prev"},
    {L"^W", L"ed-delete-prev-word"},
    {L"^_", L"vi-undo"},
    {L"^X^E", L"modlab-edit"},
};

#define COUNT(table) (sizeof table / sizeof table[0])

static void bind_keys(modlab_editor *editor, const struct binding *table, size_t count) {
  for (size_t i = 0; i < count; i++) {
    el_wset(editor->edit, EL_BIND, table[i].key, table[i].command, NULL);
    // vi's command mode has a table of its own.
    if (editor->is_vi) {
      el_wset(editor->edit, EL_BIND, L"-a", table[i].key, table[i].command, NULL);
    }
  }
}

void modlab_editor_set_prompt(modlab_editor *editor, const char *text) {
  // An escape sequence cannot be the last thing in a prompt: the space comes after the reset.
  size_t length = strlen(text), spaces = 0;
  while (spaces < length && text[length - 1 - spaces] == ' ') spaces++;
  if (editor->colour && spaces > 0) {
    swprintf(editor->prompt, 256, L"\001\033[%sm\001%.*s\001\033[0m\001%s", editor->colour,
             (int)(length - spaces), text, text + length - spaces);
  } else {
    swprintf(editor->prompt, 256, L"%s", text);
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
  swprintf(editor->next_prompt, MARGIN_LIMIT + 1, L"%s", editor->continuation);
  editor->colour = colour && *colour ? strdup(colour) : NULL;
  modlab_editor_set_prompt(editor, text);
  cookie_io_functions_t functions = {.write = editor_write_screen};
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
  el_wset(editor->edit, EL_GETCFN, editor_get_character);
  // Ctrl-C and Ctrl-Z make the terminal throw away what was written and not yet shown, and that
  // may be the prompt that answers them. Both while editing (-d) and while commands run (-x).
  el_wset(editor->edit, EL_SETTY, L"-d", L"+noflsh", NULL);
  el_wset(editor->edit, EL_SETTY, L"-x", L"+noflsh", NULL);
  editor_add_commands(editor->edit);
  bind_keys(editor, mandatory, COUNT(mandatory));
  bind_keys(editor, usual, COUNT(usual));
  bind_keys(editor, emacs, COUNT(emacs));
  return editor;
}

void modlab_editor_read_configuration(modlab_editor *editor) {
  el_source(editor->edit, NULL);
  const wchar_t *mode = NULL;
  el_wget(editor->edit, EL_EDITOR, &mode);
  editor->is_vi = mode && wcscmp(mode, L"vi") == 0;
  if (editor->is_vi) {
    // The change of mode forgot all bindings.
    bind_keys(editor, usual, COUNT(usual));
    static const wchar_t escape[] = {KEY_ESCAPE, 0};
    el_wset(editor->edit, EL_BIND, escape, L"vi-command-mode", NULL);
    el_wset(editor->edit, EL_BIND, L"-a", L"v", L"modlab-edit", NULL);
    el_wset(editor->edit, EL_BIND, L"-a", L"k", L"modlab-up", NULL);
    el_wset(editor->edit, EL_BIND, L"-a", L"j", L"modlab-down", NULL);
    el_wset(editor->edit, EL_BIND, L"-a", L":", L"ed-unassigned", NULL);
  }
  bind_keys(editor, mandatory, COUNT(mandatory));
}

void modlab_editor_destroy(modlab_editor *editor) {
  if (!editor) return;
  if (editor->edit) el_end(editor->edit);
  if (editor->history) history_wend(editor->history);
  if (editor->out) fclose(editor->out);
  if (editor->in) fclose(editor->in);
  free(editor->colour);
  free(editor->draft);
  free(editor->above);
  free(editor);
}

int modlab_editor_read(modlab_editor *editor, char **text) {
  struct modlab_dispositions before;
  sigset_t blocked, mask;
  *text = NULL;
  editor->interrupted = editor->had_text = editor->hung_up = 0;
  editor->last_cursor = 0;
  editor->injected = NULL;
  editor->depth = 0;
  free(editor->above);
  editor->above = NULL;
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
  // libedit gives up by itself on a terminal that is gone; Ctrl-D may come from what shows it.
  if (editor->hung_up || (!line && modlab_is_hung_up(editor->input))) return MODLAB_HUNG_UP;
  if (editor->interrupted) {
    // Ends a search or a half-read key too; nothing of it may reach the next line.
    el_reset(editor->edit);
    el_wset(editor->edit, EL_PREP_TERM, 0);
    editor->start = editor->end = 0;
    tcflush(editor->input, TCIFLUSH);
    modlab_interrupt_clear();
    return editor->had_text ? MODLAB_INTERRUPTED_WITH_TEXT : MODLAB_INTERRUPTED;
  }
  if (!line || count <= 0) return MODLAB_END_OF_INPUT;
  size_t length = (size_t)count;
  if (line[length - 1] == L'\n' || line[length - 1] == L'\r') length--;
  char *below = editor_narrow(line, length);
  if (below && editor->above) {
    if (asprintf(text, "%s%s", editor->above, below) < 0) *text = NULL;
    free(below);
  } else {
    *text = below;
  }
  return *text ? MODLAB_LINE : MODLAB_END_OF_INPUT;
}

void modlab_editor_add_history(modlab_editor *editor, const char *text) {
  HistEventW event;
  wchar_t *wide = editor_widen(editor, text, strlen(text));
  if (wide && *wide) history_w(editor->history, &event, H_ENTER, wide);
  free(wide);
}

void modlab_editor_clear_history(modlab_editor *editor) {
  HistEventW event;
  history_w(editor->history, &event, H_CLEAR);
}
