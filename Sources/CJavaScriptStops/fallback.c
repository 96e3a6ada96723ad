#include "stops.h"

// JavaScriptCore's watchdog asks at a safe point of the code that runs. Answering true ends the
// outermost call: so the stop belongs to the turn.
static bool should_terminate(JSContextRef context, void *data) {
  (void)context;
  ModlabStops *stops = data;
  pthread_mutex_lock(&stops->lock);
  double now = modlab_now();
  stops->timerAt = 0;
  ModlabStopKind polled =
      modlab_stops_has_turn(stops) ? modlab_polled(stops, now) : ModlabStopNone;
  double next = modlab_choose(stops, now, polled);
  bool stopsNow = modlab_stops_passing(stops) != ModlabStopNone;
  // It does not go on by itself.
  modlab_fallback_arm(stops, stopsNow ? now + 50 : next);
  pthread_mutex_unlock(&stops->lock);
  return stopsNow;
}

// The limit is never cleared: a timer that is on its way would find no callback, and terminate.
void modlab_fallback_arm(ModlabStops *stops, double at) {
  double now = modlab_now();
  double milliseconds = at - now;
  // Shorter ones throw optimised code away; few timers, as two that go off together can meet an
  // assertion of JavaScriptCore's.
  if (milliseconds < 1) milliseconds = 1;
  if (stops->timerAt > now && stops->timerAt <= now + milliseconds + 1) return;
  stops->timerAt = now + milliseconds;
  JSContextGroupSetExecutionTimeLimit(stops->group, milliseconds / 1000, should_terminate, stops);
}

void modlab_fallback_open(ModlabStops *stops) { modlab_fallback_arm(stops, modlab_now() + 3600e3); }
