// JavaScriptCore's C API as Swift sees it, with the exported functions that its public headers lack.
#ifndef MODLAB_CJAVASCRIPTCORE_H
#define MODLAB_CJAVASCRIPTCORE_H

#include <JavaScriptCore/JavaScript.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Exported by the library, declared in WebKit's JSContextRefPrivate.h and JSLockRef.h.
typedef bool (*JSShouldTerminateCallback)(JSContextRef context, void *data);
void JSContextGroupSetExecutionTimeLimit(
    JSContextGroupRef group, double seconds, JSShouldTerminateCallback callback, void *data);
void JSContextGroupClearExecutionTimeLimit(JSContextGroupRef group);
void JSGlobalContextSetUnhandledRejectionCallback(
    JSGlobalContextRef context, JSObjectRef function, JSValueRef *exception);
void JSGlobalContextSetIncludesNativeCallStackWhenReportingExceptions(
    JSGlobalContextRef context, bool includesNativeCallStack);
// JSScriptRefPrivate.h: a script whose exceptions are given, and told nobody else.
typedef struct OpaqueJSScript *JSScriptRef;
JSScriptRef JSScriptCreateFromString(
    JSContextGroupRef group, JSStringRef url, int startingLine, JSStringRef source,
    JSStringRef *errorMessage, int *errorLine);
JSValueRef JSScriptEvaluate(
    JSContextRef context, JSScriptRef script, JSValueRef receiver, JSValueRef *exception);
void JSScriptRelease(JSScriptRef script);
// JSBasePrivate.h. JSGarbageCollect only tells a timer of a run loop, which there is not here.
void JSSynchronousGarbageCollectForDebugging(JSContextRef context);
void JSLock(JSContextRef context);
void JSUnlock(JSContextRef context);
JSObjectRef JSObjectGetProxyTarget(JSObjectRef object);
JSGlobalContextRef JSObjectGetGlobalContext(JSObjectRef object);
JSStringRef JSContextCreateBacktrace(JSContextRef context, unsigned maxFrames);

// The few functions of the GLib API that the C API has no word for, without GLib's headers.
typedef struct ModlabJSCContext ModlabJSCContext;
typedef struct ModlabJSCException ModlabJSCException;
int jsc_options_set_boolean(const char *option, int value);
ModlabJSCContext *jsc_context_new(void);
unsigned jsc_context_check_syntax(
    ModlabJSCContext *context, const char *code, long length, unsigned mode, const char *uri,
    unsigned line, ModlabJSCException **exception);
const char *jsc_exception_get_message(ModlabJSCException *exception);
unsigned jsc_exception_get_line_number(ModlabJSCException *exception);
void g_object_unref(void *object);

// A cell's type byte and a promise's first internal field, by their place in memory. Whether these
// places are right is asked of known promises once (see PromiseProbe) before they are believed.
static inline uint8_t modlab_cell_type(JSObjectRef object) {
  return ((const uint8_t *)object)[5];
}

static inline uint64_t modlab_cell_word(JSObjectRef object, int index) {
  uint64_t word;
  memcpy(&word, (const uint8_t *)object + 8 * index, sizeof word);
  return word;
}

#endif
