#!/usr/bin/env python3
"""Finds calls into JavaScriptCore that may run JavaScript, and do not pass the door of the runtime.

Usage: lint_door.py
Jobs, stops and limits depend on the door (Sources/JavaScriptRuntime/JavaScriptEngine+Door.swift): a function of
JavaScriptCore's is called in its files, or is on the list of those that run nothing of a person's.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = ROOT / "Sources"
# What they enter JavaScript with, and why that is right.
DOORS = {
    "JavaScriptRuntime/JavaScriptEngine+Door.swift": None,
    "JavaScriptRuntime/Realm+Door.swift": None,
    # What it calls are its own scripts, before a person's code runs, and `0`, which enqueues nothing.
    "CJavaScriptStops/engine.c": {
        "JSEvaluateScript", "JSObjectCallAsFunction", "JSValueToNumber", "JSLock", "JSUnlock"},
    "CJavaScriptStops/stops.c": {"JSEvaluateScript"},
    # Declarations.
    "CJavaScriptStops/stops.h": None,
    "CJavaScriptCore/shim.h": None,
}
# They run nothing: no getter, trap or conversion is met.
HARMLESS = re.compile(
    r"JSString\w+|JSPropertyName\w+|JSClass(Create|Release|Retain)|JSValue(Is(Undefined|Null|Boolean|Number|String|Symbol"
    r"|Object|StrictEqual)|Make\w+|Protect|Unprotect|ToBoolean|GetType|GetTypedArrayType)"
    r"|JSObject(Make|MakeArray|MakeTypedArray|MakeFunctionWithCallback|IsFunction|GetPrivate|SetPrivate|GetProxyTarget"
    r"|GetGlobalContext|GetTypedArray\w+)"
    r"|JSContextGetGlobalObject|JSContextGroup(Create|Release|SetExecutionTimeLimit)"
    r"|JSGlobalContext(CreateInGroup|Release|SetIncludesNativeCallStackWhenReportingExceptions"
    r"|SetUnhandledRejectionCallback)")
# With no arguments there is nothing to convert.
BARE = re.compile(r"JSObjectMakeError\(\w+, 0,")
CALL = re.compile(r"\b(JS(?:Object|Value|Evaluate|Synchronous|Script|Check|Context|Global|Class|Lock|Unlock|String|Property)\w*) *\(")


def without_comments(text):
    return re.sub(r"//.*|/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), text)


wrong = []
for path in sorted(SOURCES.rglob("*")):
    if path.suffix not in (".swift", ".c", ".h"):
        continue
    name = str(path.relative_to(SOURCES))
    allowed = DOORS.get(name, set())
    if allowed is None:
        continue
    for number, line in enumerate(without_comments(path.read_text()).splitlines(), 1):
        for call in CALL.findall(BARE.sub("", line)):
            if HARMLESS.fullmatch(call) or call in allowed or not re.search(r"[A-Z][a-z]", call[2:]):
                continue
            if re.fullmatch(r"JS\w+Ref", call):  # a type
                continue
            wrong.append(f"Sources/{name}:{number}: {call} goes around the door")
for line in wrong:
    print(line, file=sys.stderr)
sys.exit(bool(wrong))
