#define _GNU_SOURCE
#include <signal.h>
#include <time.h>

#include "stops.h"

enum { Idle = 3600 * 1000 };

static void wait_until(ModlabStops *stops, double at) {
  struct timespec time = {(time_t)(at / 1e3), 0};
  time.tv_nsec = (long)((at - 1e3 * (double)time.tv_sec) * 1e6);
  stops->wakeAt = at;
  pthread_cond_timedwait(&stops->changed, &stops->lock, &time);
}

static void *watch(void *data) {
  ModlabStops *stops = data;
  pthread_mutex_lock(&stops->lock);
  while (!stops->ends) {
    double now = modlab_now(), next = now + Idle;
    // Who works with short pauses need not wake the thread for each piece.
    if (stops->wasUsed) next = now + 50;
    stops->wasUsed = false;
    if (atomic_load(&stops->stopping) < 0) {
      ModlabStopKind polled = ModlabStopNone;
      if (modlab_stops_has_turn(stops)) polled = modlab_polled(stops, now);
      double chosen = modlab_choose(stops, modlab_now(), polled);
      if (chosen < next) next = chosen;
    }
    if (modlab_stops_passing(stops)) {
      modlab_engine_fire(stops);
      next = now + 50;  // again, if something swallowed it
    }
    wait_until(stops, next);
  }
  pthread_mutex_unlock(&stops->lock);
  return NULL;
}

static void start(ModlabStops *stops) {
  sigset_t all, outer;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &outer);
  stops->hasThread = pthread_create(&stops->thread, NULL, watch, stops) == 0;
  pthread_sigmask(SIG_SETMASK, &outer, NULL);
}

// Under the lock: the thread looks at that time, or before.
void modlab_watch_by(ModlabStops *stops, double at) {
  stops->wasUsed = true;
  if (!stops->hasThread) {
    start(stops);
  } else if (at < stops->wakeAt) {
    stops->wakeAt = at;
    pthread_cond_signal(&stops->changed);
  }
}

void modlab_watch_end(ModlabStops *stops) {
  if (!stops->hasThread) return;
  pthread_mutex_lock(&stops->lock);
  stops->ends = true;
  pthread_cond_signal(&stops->changed);
  pthread_mutex_unlock(&stops->lock);
  pthread_join(stops->thread, NULL);
}
