import Foundation
import Session

/// What differs between what Node did and what a session did.
struct Verdict {
  /// Differences that fail the case.
  private(set) var wrong: [String] = []
  /// Whether something is told in the engine's own words, where Node has V8's.
  private(set) var hasOwnWords = false
  private let nodeCase: NodeCase

  init(_ nodeCase: NodeCase) {
    self.nodeCase = nodeCase
  }

  mutating func fail(_ text: String) {
    wrong.append(text)
  }

  mutating func expect(_ label: String, _ wanted: JSONValue, _ got: JSONValue?) {
    if wanted != got ?? nil { fail("\(label): expected \(wanted.text), got \((got ?? nil).text)") }
  }

  // MARK: - Errors

  mutating func error(_ label: String, _ wanted: JSONValue, _ got: JSONValue) {
    let message = wanted["message"]?.string ?? ""
    if wanted["name"] == "non-error" {
      let name = got["name"] ?? nil
      let text = got["message"]?.string ?? ""
      if name != .null, name != "non-error" {
        fail("\(label): expected the thrown value \(message), got \(got.text)")
      } else if text != message, text != message.trimmingCharacters(in: ["'"]),
        !message.hasPrefix("{")
      {
        fail("\(label): expected \(message), got \(text)")
      }
      return
    }
    expect("\(label) name", wanted["name"] ?? nil, got["name"])
    expect("\(label) code", wanted["code"] ?? nil, got["code"])
    if wanted["message"] != got["message"] {
      if isMadeByEngine(wanted) {
        hasOwnWords = true
      } else {
        expect("\(label) message", .string(message), got["message"])
      }
    }
    if let cause = wanted["cause"], cause.isObject, let gotCause = got["cause"], gotCause.isObject {
      error("\(label) cause", cause, gotCause)
    }
  }

  private static let engineNames: Set<JSONValue> = [
    "SyntaxError", "TypeError", "ReferenceError", "RangeError", "EvalError",
  ]

  private static let linkTexts = [
    "^The requested module '.*' (does not provide an export|contains conflicting star)",
    "^Detected cycle while resolving name", "^Source phase import object is not defined",
    "^request for '", "^module is not linked", "^Export '.*' is not defined in module$",
  ]

  /// Whether an error's words are the engine's own: V8's are not ours. Node's words, linking's and
  /// those that the case brings along are compared.
  private func isMadeByEngine(_ error: JSONValue) -> Bool {
    let message = error["message"]?.string ?? ""
    let hasCode = error["code"]?.string != nil
    guard !hasCode, Self.engineNames.contains(error["name"] ?? nil) else { return false }
    if Self.linkTexts.contains(where: { message.range(of: $0, options: .regularExpression) != nil })
    {
      return false
    }
    return !nodeCase.ownText.contains(JSONValue.string(message).text.dropFirst().dropLast())
  }

  // MARK: - Text

  private static let engineTexts = [
    "Cannot access '[^']*' before initialization", #"Assignment to constant variable\."#,
    "Cannot assign to read only property .*",
    #"Cannot add property \w+, object is not extensible"#, "Cannot delete property .*",
    #"Cannot redefine property: \w+"#, "Cannot convert .*", #"\b\w+ is not defined"#,
    "Maximum call stack size exceeded", "Cannot read (properties|private).*",
    #"\S+ is not a (function|constructor)"#, "Class extends value .*",
  ].joined(separator: "|")

  /// Equal text, or equal but for the engine's own words.
  mutating func text(_ label: String, _ wanted: JSONValue, _ got: JSONValue) {
    guard wanted != got else { return }
    let text = wanted.string ?? ""
    var pattern = ""
    var rest = text.startIndex
    while let hit = text.range(
      of: Self.engineTexts, options: .regularExpression, range: rest..<text.endIndex)
    {
      pattern += NSRegularExpression.escapedPattern(for: String(text[rest..<hit.lowerBound]))
      pattern += "(?s:.+?)"
      rest = hit.upperBound
    }
    pattern += NSRegularExpression.escapedPattern(for: String(text[rest...]))
    if rest > text.startIndex, let shown = got.string,
      shown.range(of: "^(?:\(pattern))$", options: .regularExpression) == shown
        .startIndex..<shown.endIndex
    {
      hasOwnWords = true
      return
    }
    expect(label, wanted, got)
  }

  mutating func value(_ label: String, _ wanted: JSONValue, _ got: JSONValue) {
    if wanted.isObject, got.isObject, Set(wanted.keys) == Set(got.keys) {
      for member in wanted.members {
        value("\(label).\(member.key)", member.value, got[member.key] ?? nil)
      }
    } else if wanted.string != nil {
      text(label, wanted, got)
    } else {
      expect(label, wanted, got)
    }
  }
}
