#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#include "stops.h"

// JSC::Exception *JSC::VM::ensureTerminationException(): a JSContextGroupRef is a VM *.
static void *(*ensure_termination)(JSContextGroupRef);
// void JSC::VM::setException(JSC::Exception *)
static void (*set_exception)(JSContextGroupRef, void *);
// void JSC::VMTraps::undoDeferTerminationSlow(DeferAction): with DeferForAWhile (0) and nothing
// suspended it is fireTrap(NeedTermination) alone. For any thread.
static void (*fire_termination)(void *traps, int);
// void JSC::VM::drainMicrotasks()
static void (*drain_microtasks)(JSContextGroupRef);

enum { Unknown, Right, Wrong };
static atomic_int verdict = Unknown;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// A later version may do something else under the same names, which the proof need not see: it is
// tried with the tests of stops before it is added here.
static bool is_known_version(void) {
  return jsc_get_major_version() == 2 && jsc_get_minor_version() == 50;
}

static void find_functions(void) {
  if (!is_known_version()) return;
  ensure_termination = dlsym(RTLD_DEFAULT, "_ZN3JSC2VM26ensureTerminationExceptionEv");
  set_exception = dlsym(RTLD_DEFAULT, "_ZN3JSC2VM12setExceptionEPNS_9ExceptionE");
  fire_termination =
      dlsym(RTLD_DEFAULT, "_ZN3JSC7VMTraps24undoDeferTerminationSlowENS0_11DeferActionE");
  drain_microtasks = dlsym(RTLD_DEFAULT, "_ZN3JSC2VM15drainMicrotasksEv");
}

// Where VMTraps is in VM: its first word is the one that setException changes from 0 to 16
// (NeedExceptionHandling), besides m_exception and m_lastException around m_terminationException.
static void *find_traps(ModlabStops *stops) {
  enum { words = 64 };
  _Atomic uint32_t *vm = (_Atomic uint32_t *)stops->group, *found = NULL;
  uint32_t before[words];
  int changed = 0;
  for (int i = 0; i < words; i++) before[i] = atomic_load(vm + i);
  set_exception(stops->group, stops->termination);
  for (int i = 0; i < words; i++) {
    uint32_t now = atomic_load(vm + i);
    if (now != before[i]) changed++;
    if (before[i] == 0 && now == 16 && i + 1 < words && before[i + 1] == 0) found = vm + i;
  }
  set_exception(stops->group, NULL);
  if (found) atomic_fetch_and(found, ~16u);
  return changed == 5 ? (void *)found : NULL;  // two pointers of two words, one word of bits
}

static _Thread_local ModlabStops *proving;

static JSValueRef stop_nested(
    JSContextRef context, JSObjectRef function, JSObjectRef this_object, size_t count,
    const JSValueRef arguments[], JSValueRef *exception) {
  (void)function, (void)this_object;
  JSValueRef thrown = NULL;
  modlab_engine_fire(proving);
  if (count == 1) {
    JSObjectCallAsFunction(context, (JSObjectRef)arguments[0], NULL, 0, NULL, &thrown);
  }
  *exception = JSValueMakeNumber(context, thrown ? 1 : 2);
  return NULL;
}

// Nested code is stopped, its `finally` does not run, and the caller goes on through exceptions and a
// loop. A JavaScriptCore that latched the request would end that.
static bool proves(ModlabStops *stops, JSContextRef context) {
  JSStringRef code = JSStringCreateWithUTF8CString(
      "(function (f) { let n = 0, ran = 0;"
      "const g = () => { try { for (let i = 0; i < 1e7; i++) ; } catch { ran = 1 } finally { ran = 1 } };"
      "for (let k = 0; k < 3; k++) {"
      "try { f(g) } catch (e) { n += e } try { throw 10 } catch (e) { n += e } }"
      "for (let i = 0; i < 1000; i++) n++; return ran ? 0 : n })");
  JSValueRef thrown = NULL;
  JSValueRef made = JSEvaluateScript(context, code, NULL, NULL, 1, &thrown);
  JSStringRelease(code);
  if (thrown || !made) return false;
  proving = stops;
  JSValueRef native = JSObjectMakeFunctionWithCallback(context, NULL, stop_nested);
  JSValueRef value =
      JSObjectCallAsFunction(context, (JSObjectRef)made, NULL, 1, &native, &thrown);
  proving = NULL;
  bool isRight = !thrown && value && JSValueToNumber(context, value, NULL) == 1033;
  for (int i = 0; i < 5 && !modlab_evaluates(context); i++) {
  }
  return isRight;
}

bool modlab_engine_open(ModlabStops *stops, JSContextRef context) {
  pthread_once(&once, find_functions);
  if (!ensure_termination || !set_exception || !fire_termination) return false;
  if (atomic_load(&verdict) == Wrong) return false;
  JSLock(context);  // it allocates
  stops->termination = ensure_termination(stops->group);
  stops->traps = find_traps(stops);
  JSUnlock(context);
  if (stops->traps && atomic_load(&verdict) == Unknown) {
    atomic_store(&verdict, proves(stops, context) ? Right : Wrong);
  }
  if (stops->traps && atomic_load(&verdict) == Right) return true;
  stops->traps = stops->termination = NULL;
  return false;
}

void modlab_engine_drain(ModlabStops *stops, JSContextRef context) {
  if (!stops->traps || !drain_microtasks) return;
  JSLock(context);  // a native function runs without the lock
  drain_microtasks(stops->group);
  JSUnlock(context);
}

void modlab_engine_fire(ModlabStops *stops) { fire_termination(stops->traps, 0); }
