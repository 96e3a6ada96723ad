#ifndef CEDITLINE_PRIVATE_H
#define CEDITLINE_PRIVATE_H

#include "include/CEditline.h"

#include <signal.h>

struct modlab_dispositions {
  struct sigaction interrupt, resize, suspend;
};

extern volatile sig_atomic_t modlab_resized, modlab_suspended, modlab_at_prompt;

void modlab_install_prompt_handlers(struct modlab_dispositions *before);
void modlab_remove_prompt_handlers(const struct modlab_dispositions *before);
void modlab_stop_process(void);
void modlab_set_paste(int descriptor, int on);
/// 1 when `descriptor` can be read, 0 after a signal, -1 for an error.
int modlab_wait(int descriptor, const sigset_t *mask);

#endif
