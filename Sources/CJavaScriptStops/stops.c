#define _GNU_SOURCE
#include "stops.h"

#include <stdlib.h>
#include <time.h>

// In milliseconds: how often the poll is asked; how long code goes on that has caught the stop of an inner
// limit when its own was over, too.
enum { PollInterval = 50, Moment = 50 };

double modlab_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

bool modlab_evaluates(JSContextRef context) {
  JSStringRef nothing = JSStringCreateWithUTF8CString("0");
  JSValueRef thrown = NULL;
  JSEvaluateScript(context, nothing, NULL, NULL, 1, &thrown);
  JSStringRelease(nothing);
  return !thrown;
}

// A trap that was fired, and that no code has met, would end what comes next.
static void take_trap(JSContextRef context) {
  for (int i = 0; i < 5 && !modlab_evaluates(context); i++) {
  }
}

ModlabStops *modlab_stops_create(JSContextGroupRef group) {
  ModlabStops *stops = calloc(1, sizeof *stops);
  if (!stops) abort();
  stops->group = group;
  atomic_init(&stops->stopping, -1);
  pthread_mutex_init(&stops->lock, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&stops->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  return stops;
}

void modlab_stops_destroy(ModlabStops *stops) {
  modlab_watch_end(stops);
  pthread_cond_destroy(&stops->changed);
  pthread_mutex_destroy(&stops->lock);
  free(stops->frames);
  free(stops);
}

void modlab_stops_open(ModlabStops *stops, JSContextRef context, bool usesFallback) {
  if (usesFallback || !modlab_engine_open(stops, context)) modlab_fallback_open(stops);
}

bool modlab_stops_is_fallback(const ModlabStops *stops) { return !stops->traps; }

void modlab_stops_set_poll(ModlabStops *stops, ModlabStopPoll poll, void *data) {
  pthread_mutex_lock(&stops->lock);
  stops->poll = poll;
  stops->pollData = data;
  pthread_mutex_unlock(&stops->lock);
}

static void stop(ModlabStops *stops, int index, ModlabStopKind kind, double milliseconds) {
  stops->milliseconds = milliseconds;
  atomic_store(&stops->kind, kind);
  atomic_store(&stops->stopping, stops->traps ? index : stops->base);
}

// An interrupt ends the innermost call that asked for that; the whole turn when none has, or when an
// interrupt that came before did not end it.
static int interrupted_frame(const ModlabStops *stops) {
  if (stops->frames[stops->base].caught > 0) return stops->base;
  for (int i = stops->count - 1; i > stops->base; i--) {
    if (stops->frames[i].limit.breaksOnInterrupt) return i;
  }
  return stops->base;
}

ModlabStopKind modlab_polled(const ModlabStops *stops, double now) {
  if (!stops->poll) return ModlabStopNone;
  return stops->poll(stops->pollData, now - stops->frames[stops->base].begin);
}

double modlab_choose(ModlabStops *stops, double now, ModlabStopKind polled) {
  double next = now + 3600e3;
  if (!modlab_stops_has_turn(stops)) return next;
  next = now + PollInterval;
  if (atomic_load(&stops->stopping) >= 0) return next;
  if (polled == ModlabStopInterrupt) {
    stop(stops, interrupted_frame(stops), polled, 0);
  } else if (polled != ModlabStopNone) {
    stop(stops, stops->base, polled, 0);
  }
  for (int i = stops->count - 1; i >= stops->base; i--) {
    const ModlabFrame *frame = stops->frames + i;
    if (!frame->due) continue;
    if (frame->due < next) next = frame->due;
    // The outermost one that is over.
    int chosen = atomic_load(&stops->stopping);
    if (now >= frame->due && (chosen < 0 || i < chosen)) {
      stop(stops, i, frame->limit.stop, frame->limit.milliseconds);
    }
  }
  return next;
}

// When the limits that count are to be looked at.
static double next_look(const ModlabStops *stops, double now) {
  double next = now + PollInterval;
  for (int i = stops->base; i < stops->count; i++) {
    double due = stops->frames[i].due;
    if (due && due < next) next = due;
  }
  return atomic_load(&stops->stopping) < 0 ? next : now;
}

static void find_base(ModlabStops *stops) {
  stops->base = 0;
  for (int i = 0; i < stops->count; i++) {
    ModlabLimitKind kind = stops->frames[i].limit.kind;
    if (kind == ModlabLimitPause || kind == ModlabLimitShield) stops->base = i + 1;
  }
}

// Under the lock: limits have come or gone.
static void look_again(ModlabStops *stops, double now) {
  if (stops->count == stops->base) return;
  double at = next_look(stops, now);
  if (stops->traps) {
    modlab_watch_by(stops, at);
  } else {
    modlab_fallback_arm(stops, at);
  }
}

void modlab_stops_push(ModlabStops *stops, JSContextRef context, ModlabLimit limit) {
  double now = modlab_now();
  ModlabFrame frame = {.limit = limit, .begin = now};
  if (limit.milliseconds > 0) frame.due = now + limit.milliseconds;
  pthread_mutex_lock(&stops->lock);
  if (stops->count == stops->capacity) {
    stops->capacity = stops->capacity ? 2 * stops->capacity : 16;
    stops->frames = realloc(stops->frames, (size_t)stops->capacity * sizeof frame);
    if (!stops->frames) abort();
  }
  stops->frames[stops->count++] = frame;
  bool hides = limit.kind == ModlabLimitPause || limit.kind == ModlabLimitShield;
  if (hides) stops->base = stops->count;
  bool wasPassing = hides && atomic_load(&stops->stopping) >= 0;
  if (!hides) look_again(stops, now);
  pthread_mutex_unlock(&stops->lock);
  if (wasPassing) take_trap(context);
}

// A limit outside stops, and the innermost one is over, too. Then that ends first, as in Node, and the
// outer one a moment later.
static void let_inner_end(ModlabStops *stops) {
  ModlabFrame *inner = stops->frames + stops->count - 1;
  double now = modlab_now();
  if (!stops->traps || modlab_stops_passing(stops) != ModlabStopTimeout) return;
  if (!inner->due || inner->due > now) return;
  pthread_mutex_lock(&stops->lock);
  ModlabFrame *outer = stops->frames + atomic_load(&stops->stopping);
  if (outer < inner && outer->held == ModlabStopNone) {
    outer->held = ModlabStopTimeout;
    outer->due = now + Moment;
    stop(stops, stops->count - 1, ModlabStopTimeout, inner->limit.milliseconds);
  }
  pthread_mutex_unlock(&stops->lock);
}

ModlabStopKind modlab_stops_ended(ModlabStops *stops) {
  if (stops->count == 0) return ModlabStopNone;
  let_inner_end(stops);
  if (atomic_load(&stops->stopping) == stops->count - 1) {
    return (ModlabStopKind)atomic_load(&stops->kind);
  }
  const ModlabFrame *frame = stops->frames + stops->count - 1;
  if (frame->held) stops->milliseconds = frame->limit.milliseconds;
  return frame->held;
}

bool modlab_stops_hold(ModlabStops *stops, JSContextRef context) {
  if (modlab_stops_ended(stops) != ModlabStopTimeout || !modlab_stops_passing(stops)) return false;
  pthread_mutex_lock(&stops->lock);
  ModlabFrame *frame = stops->frames + stops->count - 1;
  frame->held = ModlabStopTimeout;
  frame->due = 0;
  atomic_store(&stops->stopping, -1);
  look_again(stops, modlab_now());
  pthread_mutex_unlock(&stops->lock);
  take_trap(context);
  return true;
}

void modlab_stops_pop(ModlabStops *stops, JSContextRef context) {
  pthread_mutex_lock(&stops->lock);
  ModlabFrame frame = stops->frames[--stops->count];
  bool isMine = atomic_load(&stops->stopping) == stops->count;
  double now = modlab_now();
  bool hid = stops->base == stops->count + 1;
  find_base(stops);
  if (isMine) {
    if (atomic_load(&stops->kind) == ModlabStopInterrupt && stops->count > stops->base) {
      stops->frames[stops->base].caught++;
    }
    atomic_store(&stops->kind, ModlabStopNone);
    atomic_store(&stops->stopping, -1);
  }
  if (frame.limit.kind == ModlabLimitPause) {
    double passed = now - frame.begin;
    for (int i = stops->base; i < stops->count; i++) {
      if (stops->frames[i].due) stops->frames[i].due += passed;
    }
  }
  if (isMine || hid) look_again(stops, now);
  pthread_mutex_unlock(&stops->lock);
  if (isMine) take_trap(context);
}

void modlab_stops_renew(ModlabStops *stops, ModlabLimit limit) {
  double now = modlab_now();
  pthread_mutex_lock(&stops->lock);
  ModlabFrame *frame = stops->frames + stops->base;
  if (modlab_stops_has_turn(stops) && frame->limit.kind == ModlabLimitTurn) {
    frame->limit = limit;
    frame->due = limit.milliseconds > 0 ? now + limit.milliseconds : 0;
    look_again(stops, now);
  }
  pthread_mutex_unlock(&stops->lock);
}

bool modlab_stops_has_turn(const ModlabStops *stops) { return stops->count > stops->base; }

bool modlab_stops_is_shielded(const ModlabStops *stops) {
  return stops->count > 0 && stops->frames[stops->count - 1].limit.kind == ModlabLimitShield;
}

ModlabStopKind modlab_stops_passing(const ModlabStops *stops) {
  if (atomic_load(&stops->stopping) < stops->base) return ModlabStopNone;
  return (ModlabStopKind)atomic_load(&stops->kind);
}

double modlab_stops_milliseconds(const ModlabStops *stops) { return stops->milliseconds; }

const struct OpaqueJSValue *modlab_stops_exception(const ModlabStops *stops) {
  return stops->termination;
}

void modlab_stops_again(ModlabStops *stops) {
  if (stops->traps && modlab_stops_passing(stops)) modlab_engine_fire(stops);
}

void modlab_stops_drain(ModlabStops *stops, JSContextRef context) {
  modlab_engine_drain(stops, context);
  // A stop in a job is left pending.
  take_trap(context);
}

void modlab_stops_now(ModlabStops *stops, ModlabStopKind kind) {
  pthread_mutex_lock(&stops->lock);
  if (modlab_stops_has_turn(stops)) {
    stop(stops, stops->base, kind, 0);
    modlab_stops_again(stops);
  }
  pthread_mutex_unlock(&stops->lock);
  if (!stops->traps) modlab_fallback_arm(stops, modlab_now());
}
