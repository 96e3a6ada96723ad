#ifndef C_EMBEDDED_TEXT_H
#define C_EMBEDDED_TEXT_H

#include <stddef.h>

/// JavaScript, CSS or markup of modlab itself: a file that stands beside the Swift that uses it and is
/// part of the binary. UTF-8 of `count` bytes, with a NUL behind them, there as long as the program.
struct EmbeddedText {
  const char *start;
  ptrdiff_t count;
};

/// `EmbeddedText.NAME` in Swift.
#define EMBEDDED_TEXT(NAME)                                                                          \
  struct EmbeddedText embedded_##NAME(void)                                                          \
      __attribute__((const, swift_name("getter:EmbeddedText." #NAME "()")))

// JavaScriptRuntime: functions of what a realm does not have by itself.
EMBEDDED_TEXT(realm);
EMBEDDED_TEXT(internalRealm);
EMBEDDED_TEXT(date);
EMBEDDED_TEXT(timers);
EMBEDDED_TEXT(random);
EMBEDDED_TEXT(primordials);
EMBEDDED_TEXT(inspector);
EMBEDDED_TEXT(received);
EMBEDDED_TEXT(console);
EMBEDDED_TEXT(structuredClone);

// VMModules.
EMBEDDED_TEXT(vmObject);

// GraphRendering.
EMBEDDED_TEXT(picture);
EMBEDDED_TEXT(pictureStyle);
EMBEDDED_TEXT(stage);
EMBEDDED_TEXT(stageStyle);

// Session: `export node`.
EMBEDDED_TEXT(programBeginning);
EMBEDDED_TEXT(programOutput);
EMBEDDED_TEXT(programLinker);
EMBEDDED_TEXT(programRealm);
EMBEDDED_TEXT(programMain);

// Session: `export html`.
EMBEDDED_TEXT(page);
EMBEDDED_TEXT(pageStyle);
EMBEDDED_TEXT(pageScreen);
EMBEDDED_TEXT(pagePaper);
EMBEDDED_TEXT(pageState);
EMBEDDED_TEXT(pageElements);
EMBEDDED_TEXT(pageGraph);
EMBEDDED_TEXT(pagePanels);
EMBEDDED_TEXT(pageControls);

#endif
