#include "CEmbeddedText.h"

// A change of an embedded file is seen by the build: the compiler lists them as what this file depends on.

#define TEXT(NAME)                                                                                   \
  struct EmbeddedText embedded_##NAME(void) {                                                        \
    return (struct EmbeddedText){NAME, sizeof(NAME) - 1};                                            \
  }

// MARK: - JavaScriptRuntime

// The files of these are the statements of one script, in a block. Its `this` is the object of native
// functions, and its value what the last statement says. As a function they would be parsed twice, when it
// is found and when it is called. Letters beside an embedded file can only be single ones.
#define USE_STRICT '"', 'u', 's', 'e', ' ', 's', 't', 'r', 'i', 'c', 't', '"', ';'

static const char realm[] = {
    USE_STRICT, '{',
#embed "../JavaScriptRuntime/Prelude/primordials.js"
    ,
#embed "../JavaScriptRuntime/Prelude/values.js"
    ,
#embed "../JavaScriptRuntime/Prelude/realm.js"
    ,
#embed "../JavaScriptRuntime/Prelude/date.js"
    ,
#embed "../JavaScriptRuntime/Prelude/random.js"
    ,
#embed "../JavaScriptRuntime/Prelude/timers.js"
    ,
#embed "../JavaScriptRuntime/Prelude/disposable.js"
    ,
#embed "../JavaScriptRuntime/Prelude/globals.js"
    ,
    '}', '\0'};
TEXT(realm)

static const char internalRealm[] = {
    USE_STRICT, '{',
#embed "../JavaScriptRuntime/Prelude/values.js"
    ,
#embed "../JavaScriptRuntime/Prelude/internal.js"
    ,
    '}', '\0'};
TEXT(internalRealm)

static const char inspector[] = {
    USE_STRICT, '{',
#embed "../JavaScriptRuntime/Prelude/inspector/kinds.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/primitives.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/layout.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/names.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/properties.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/collections.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/errors.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/values.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/format.js"
    ,
#embed "../JavaScriptRuntime/Prelude/inspector/services.js"
    ,
    '}', '\0'};
TEXT(inspector)

static const char date[] = {
#embed "../JavaScriptRuntime/Prelude/date.js"
    , '\0'};
TEXT(date)

static const char timers[] = {
#embed "../JavaScriptRuntime/Prelude/timers.js"
    , '\0'};
TEXT(timers)

static const char random[] = {
#embed "../JavaScriptRuntime/Prelude/random.js"
    , '\0'};
TEXT(random)

static const char primordials[] = {
#embed "../JavaScriptRuntime/Prelude/primordials.js"
    , '\0'};
TEXT(primordials)

static const char received[] = {
#embed "../JavaScriptRuntime/Prelude/received.js"
    , '\0'};
TEXT(received)

static const char console[] = {
#embed "../JavaScriptRuntime/Prelude/console.js"
    , '\0'};
TEXT(console)

static const char structuredClone[] = {
#embed "../JavaScriptRuntime/Prelude/structuredClone.js"
    , '\0'};
TEXT(structuredClone)

// MARK: - VMModules

static const char vmObject[] = {
#embed "../VMModules/vmObject.js"
    , '\0'};
TEXT(vmObject)

// MARK: - GraphRendering

static const char picture[] = {
#embed "../GraphRendering/Picture/picture.svg"
    , '\0'};
TEXT(picture)

static const char pictureStyle[] = {
#embed "../GraphRendering/Picture/picture.css"
    , '\0'};
TEXT(pictureStyle)

static const char stage[] = {
#embed "../GraphRendering/Picture/stage.svg"
    , '\0'};
TEXT(stage)

static const char stageStyle[] = {
#embed "../GraphRendering/Picture/stage.css"
    , '\0'};
TEXT(stageStyle)

// MARK: - Session

static const char programBeginning[] = {
#embed "../Session/Export/Program/beginning.js"
    , '\0'};
TEXT(programBeginning)

static const char programOutput[] = {
#embed "../Session/Export/Program/output.js"
    , '\0'};
TEXT(programOutput)

static const char programLinker[] = {
#embed "../Session/Export/Program/linker.js"
    , '\0'};
TEXT(programLinker)

static const char programRealm[] = {
#embed "../Session/Export/Program/realm.js"
    , '\0'};
TEXT(programRealm)

static const char programMain[] = {
#embed "../Session/Export/Program/main.js"
    , '\0'};
TEXT(programMain)

static const char page[] = {
#embed "../Session/Export/Page/page.html"
    , '\0'};
TEXT(page)

static const char pageStyle[] = {
#embed "../Session/Export/Page/page.css"
    , '\0'};
TEXT(pageStyle)

static const char pageScreen[] = {
#embed "../Session/Export/Page/screen.css"
    , '\0'};
TEXT(pageScreen)

static const char pagePaper[] = {
#embed "../Session/Export/Page/paper.css"
    , '\0'};
TEXT(pagePaper)

static const char pageState[] = {
#embed "../Session/Export/Page/state.js"
    , '\0'};
TEXT(pageState)

static const char pageElements[] = {
#embed "../Session/Export/Page/elements.js"
    , '\0'};
TEXT(pageElements)

static const char pageGraph[] = {
#embed "../Session/Export/Page/graph.js"
    , '\0'};
TEXT(pageGraph)

static const char pagePanels[] = {
#embed "../Session/Export/Page/panels.js"
    , '\0'};
TEXT(pagePanels)

static const char pageControls[] = {
#embed "../Session/Export/Page/controls.js"
    , '\0'};
TEXT(pageControls)
