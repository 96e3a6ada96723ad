internal import Session

/// Validates JSON by a schema: the part of JSON Schema 2020-12 that `json-schema.json` uses. A keyword
/// that is not known here is a fault of the schema, so that nothing goes unchecked.
package final class SchemaValidator {
  private let schema: JSONValue
  private var definitions: [String: JSONValue] = [:]
  private var patterns: [String: Regex<AnyRegexOutput>] = [:]

  package init(_ text: String) throws {
    schema = try JSONReader.value(of: text)
    if case .object(let members)? = schema["$defs"] {
      for member in members { definitions[member.key] = member.value }
    }
  }

  /// What is wrong with a text of JSON, each with its place.
  package func faults(of text: String) throws -> [String] {
    try faults(JSONReader.value(of: text), schema, "")
  }

  private func faults(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    switch schema {
    case .bool(let isAllowed): return isAllowed ? [] : ["\(path): nothing may stand here"]
    case .object(let keywords):
      return keywords.flatMap { check(value, $0.key, $0.value, schema, path) }
    default: return ["the schema is no object at \(path)"]
    }
  }

  private func isValid(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    faults(value, schema, "").isEmpty
  }

  private func check(
    _ value: JSONValue, _ keyword: String, _ operand: JSONValue, _ schema: JSONValue,
    _ path: String
  ) -> [String] {
    switch keyword {
    case "$schema", "$defs", "title", "description", "then": return []
    case "$ref":
      guard case .string(let name) = operand, name.hasPrefix("#/$defs/"),
        let definition = definitions[String(name.dropFirst(8))]
      else { return ["the schema has no \(operand.text)"] }
      return faults(value, definition, path)
    case "type":
      let names = Self.elements(operand) ?? [operand]
      let isRight = names.contains { Self.types(of: value).contains($0) }
      return isRight ? [] : ["\(path): \(value.text) is not of type \(operand.text)"]
    case "enum":
      return Self.elements(operand)?.contains(value) == true
        ? [] : ["\(path): \(value.text) is not one of \(operand.text)"]
    case "const": return value == operand ? [] : ["\(path): \(value.text) is not \(operand.text)"]
    case "minimum":
      guard case .int(let number) = value, case .int(let least) = operand else { return [] }
      return number >= least ? [] : ["\(path): \(number) is less than \(least)"]
    case "pattern": return matches(value, operand) ? [] : ["\(path): \(value.text) does not match"]
    case "anyOf":
      let alternatives = (Self.elements(operand) ?? []).map { faults(value, $0, path) }
      if alternatives.contains(where: \.isEmpty) { return [] }
      return alternatives.max { $0.count > $1.count } ?? ["\(path): no alternative"]
    case "allOf": return (Self.elements(operand) ?? []).flatMap { faults(value, $0, path) }
    case "not": return isValid(value, operand) ? ["\(path): must not be so"] : []
    case "if":
      return isValid(value, operand) ? faults(value, schema["then"] ?? true, path) : []
    default: return checkContainer(value, keyword, operand, schema, path)
    }
  }

  private func checkContainer(
    _ value: JSONValue, _ keyword: String, _ operand: JSONValue, _ schema: JSONValue,
    _ path: String
  ) -> [String] {
    switch (keyword, value) {
    case ("items", .array(let elements)):
      return elements.enumerated().flatMap { faults($1, operand, "\(path)[\($0)]") }
    case ("properties", .object(let members)):
      return members.flatMap { member in
        operand[member.key].map { faults(member.value, $0, "\(path).\(member.key)") } ?? []
      }
    case ("additionalProperties", .object(let members)):
      return members.flatMap { member in
        schema["properties"]?[member.key] == nil
          ? faults(member.value, operand, "\(path).\(member.key)") : []
      }
    case ("required", .object):
      return (Self.elements(operand) ?? []).compactMap { key in
        guard case .string(let name) = key, value[name] == nil else { return nil }
        return "\(path): \(name) is missing"
      }
    case ("minProperties", .object(let members)):
      guard case .int(let least) = operand, members.count < least else { return [] }
      return ["\(path): too few members"]
    case ("items", _), ("properties", _), ("additionalProperties", _), ("required", _),
      ("minProperties", _):
      return []
    default: return ["the schema has a keyword \(keyword) that is not known here"]
    }
  }

  private func matches(_ value: JSONValue, _ pattern: JSONValue) -> Bool {
    guard case .string(let text) = value, case .string(let source) = pattern else { return true }
    if patterns[source] == nil { patterns[source] = try? Regex(source) }
    guard let regex = patterns[source] else { return false }
    // Every pattern of ours begins with ^.
    return (try? regex.prefixMatch(in: text)) != nil
  }

  private static func elements(_ value: JSONValue) -> [JSONValue]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  private static func types(of value: JSONValue) -> [JSONValue] {
    switch value {
    case .null: ["null"]
    case .bool: ["boolean"]
    case .int: ["integer", "number"]
    case .double: ["number"]
    case .string, .utf16, .raw: ["string"]
    case .array: ["array"]
    case .object: ["object"]
    }
  }
}
