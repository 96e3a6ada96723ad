#ifndef MODLAB_STOPS_PRIVATE_H
#define MODLAB_STOPS_PRIVATE_H

#include <JavaScriptCore/JavaScript.h>
#include <pthread.h>
#include <stdatomic.h>

#include "CJavaScriptStops.h"

// Exported by the library, declared in WebKit's JSContextRefPrivate.h, JSLockRef.h and JSCVersion.h.
typedef bool (*ModlabShouldTerminate)(JSContextRef context, void *data);
void JSContextGroupSetExecutionTimeLimit(
    JSContextGroupRef group, double seconds, ModlabShouldTerminate callback, void *data);
void JSLock(JSContextRef context);
void JSUnlock(JSContextRef context);
unsigned jsc_get_major_version(void);
unsigned jsc_get_minor_version(void);

typedef struct {
  ModlabLimit limit;
  double due;       // by modlab_now; 0: no limit of time
  double begin;     // of a pause
  unsigned caught;  // of a turn: interrupts that ended a call inside it
  ModlabStopKind held;
} ModlabFrame;

struct ModlabStops {
  JSContextGroupRef group;
  void *termination;  // JSC::Exception *
  void *traps;        // JSC::VMTraps *; null: the fallback
  pthread_mutex_t lock;
  pthread_cond_t changed;
  pthread_t thread;
  bool hasThread, ends;
  // Under the lock:
  ModlabStopPoll poll;
  void *pollData;
  double wakeAt;  // when the thread looks next
  bool wasUsed;   // since it looked last
  ModlabFrame *frames;
  int count, capacity;
  int base;             // the frames before it are outside of a pause or a shield
  atomic_int stopping;  // the frame that a stop on its way belongs to; -1: none
  atomic_int kind;
  double milliseconds;
  double timerAt;  // of the fallback: when the watchdog asks
};

double modlab_now(void);  // milliseconds of a clock that only goes forward
bool modlab_evaluates(JSContextRef context);
// What the poll says; there is a turn.
ModlabStopKind modlab_polled(const ModlabStops *stops, double now);
// Chooses the limit that is over; the time of the next look. `polled` is what the poll said.
double modlab_choose(ModlabStops *stops, double now, ModlabStopKind polled);

// engine.c: what JavaScriptCore has for it.
bool modlab_engine_open(ModlabStops *stops, JSContextRef context);
void modlab_engine_fire(ModlabStops *stops);
void modlab_engine_drain(ModlabStops *stops, JSContextRef context);

// fallback.c: its watchdog.
void modlab_fallback_open(ModlabStops *stops);
void modlab_fallback_arm(ModlabStops *stops, double at);

// watch.c: the thread.
void modlab_watch_by(ModlabStops *stops, double at);
void modlab_watch_end(ModlabStops *stops);

#endif
