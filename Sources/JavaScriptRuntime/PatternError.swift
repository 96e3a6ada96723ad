/// What is wrong with the pattern of a regular expression, in V8's words.
enum PatternError {
  /// `words` are JavaScriptCore's: "Invalid regular expression: missing )".
  static func words(for words: String) -> String {
    let reason = words.split(separator: ":", maxSplits: 1).last.map(String.init) ?? words
    let trimmed = String(reason.drop { $0 == " " })
    return table[trimmed] ?? trimmed
  }

  private static let table = [
    "missing )": "Unterminated group",
    "unmatched parentheses": "Unmatched ')'",
    "nothing to repeat": "Nothing to repeat",
    "invalid quantifier": "Invalid quantifier",
    "incomplete {} quantifier for Unicode pattern": "Incomplete quantifier",
    "unmatched ] or } bracket for Unicode pattern": "Lone quantifier brackets",
    "range out of order in character class": "Range out of order in character class",
    "invalid range in character class for Unicode pattern": "Invalid character class",
    "missing terminating ] for character class": "Unterminated character class",
    "duplicate group specifier name": "Duplicate capture group name",
    "invalid group specifier name": "Invalid capture group name",
    "invalid \\k<> named backreference": "Invalid named capture referenced",
    "invalid Unicode code point \\u{} escape": "Invalid Unicode escape",
    "invalid Unicode \\u escape": "Invalid Unicode escape",
    "invalid \\c escape for Unicode pattern": "Invalid Unicode escape",
    "invalid escaped character for Unicode pattern": "Invalid escape",
    "invalid backreference for Unicode pattern": "Invalid escape",
    "invalid octal escape for Unicode pattern": "Invalid decimal escape",
    "invalid property expression": "Invalid property name",
    "invalid regular expression modifier": "Invalid flag group",
    "unrecognized character after (?": "Invalid group",
    "invalid class set character": "Invalid character in character class",
    "invalid operation in class set": "Invalid set operation in character class",
    "negated class set may contain strings": "Negated character class may contain strings",
    "number too large in {} quantifier": "this engine takes no number that large in a quantifier",
  ]
}
