// Stops of JavaScript that runs: a stop unwinds exactly to the limit that was reached, where the
// calling JavaScript gets an ordinary error. `catch` and `finally` of the stopped code do not run.
//
// JavaScriptCore's own termination cannot be used for that: its request stays set until the outermost
// call into the engine ends, and while it is, each exception raises the termination anew. Its exported
// functions (found by name, proved once, believed for the versions that were tried) fire the trap
// without that request. Where they are missing, the outermost call ends instead.
#ifndef MODLAB_CJAVASCRIPTSTOPS_H
#define MODLAB_CJAVASCRIPTSTOPS_H

#include <stdbool.h>

struct OpaqueJSContextGroup;
struct OpaqueJSContext;
struct OpaqueJSValue;

// The limits of one engine. All functions but the poll are called on the thread that has the engine.
typedef struct ModlabStops ModlabStops;

typedef enum {
  ModlabStopNone,
  ModlabStopTimeout,
  ModlabStopInterrupt,
  ModlabStopMemory,
} ModlabStopKind;

typedef enum {
  // A call with a limit of its own.
  ModlabLimitCall,
  // All that is run at once: outermost, and the one that asks `poll`.
  ModlabLimitTurn,
  // Calls on the stack stand still: the time of the limits outside of it, too.
  ModlabLimitPause,
  // What runs inside is not stopped.
  ModlabLimitShield,
} ModlabLimitKind;

typedef struct {
  ModlabLimitKind kind;
  double milliseconds;  // 0: no limit of time
  ModlabStopKind stop;  // what it is when they are over
  bool breaksOnInterrupt;
} ModlabLimit;

// Called on the thread that watches, now and then while a turn lasts, with the milliseconds that it has
// lasted: whether it must end.
typedef ModlabStopKind (*ModlabStopPoll)(void *data, double milliseconds);

ModlabStops *modlab_stops_create(const struct OpaqueJSContextGroup *group);
void modlab_stops_destroy(ModlabStops *stops);
// Before the first JavaScript of a person. `context` is any of the group, and entered by nobody.
// With `usesFallback`, the functions are taken for missing.
void modlab_stops_open(
    ModlabStops *stops, const struct OpaqueJSContext *context, bool usesFallback);
bool modlab_stops_is_fallback(const ModlabStops *stops);
// When it returns, the previous poll is not called any more.
void modlab_stops_set_poll(ModlabStops *stops, ModlabStopPoll poll, void *data);

// Limits nest. The outermost one that is over is the one that stops: all inside it ends.
void modlab_stops_push(
    ModlabStops *stops, const struct OpaqueJSContext *context, ModlabLimit limit);
// Whether the innermost limit is the one that stops, and why; to be asked before it is popped.
ModlabStopKind modlab_stops_ended(ModlabStops *stops);
// A stop of time that the innermost limit is the end of comes to rest: JavaScript goes on, and the
// limit has ended all the same. False when there is none.
bool modlab_stops_hold(ModlabStops *stops, const struct OpaqueJSContext *context);
void modlab_stops_pop(ModlabStops *stops, const struct OpaqueJSContext *context);

// The turn goes on after a pause, under another limit of its own: what was due before is not.
void modlab_stops_renew(ModlabStops *stops, ModlabLimit limit);

// A turn, and no pause or shield inside it, is there.
bool modlab_stops_has_turn(const ModlabStops *stops);
bool modlab_stops_is_shielded(const ModlabStops *stops);
// A stop is on its way to its limit: no JavaScript may be begun. Why; none when there is none.
ModlabStopKind modlab_stops_passing(const ModlabStops *stops);
// The milliseconds of the limit that stops.
double modlab_stops_milliseconds(const ModlabStops *stops);
// What a native function that called JavaScript throws while a stop passes; null in the fallback.
const struct OpaqueJSValue *modlab_stops_exception(const ModlabStops *stops);
// The same for a callback that cannot throw, and before jobs that are to end with what was stopped.
void modlab_stops_again(ModlabStops *stops);
// Runs the jobs that are pending, inside the innermost limit (`microtaskMode: "afterEvaluate"`); nothing in
// the fallback.
void modlab_stops_drain(ModlabStops *stops, const struct OpaqueJSContext *context);
// Stops the turn from inside.
void modlab_stops_now(ModlabStops *stops, ModlabStopKind kind);

#endif
