/// What `option` switches.
package struct SessionOptions {
  /// The built-in rule: a specifier that is a module's name is that module.
  package var names = true
  /// Columns of the specification's fields in `status`.
  package var spec = false
  /// The time that each command took.
  package var timer = false
  package var clock = "virtual"
  package var color = "auto"
  /// What is longer than the screen goes through `$PAGER`.
  package var pager = true
  /// `node`: a line an operation, as the exported Node program prints it, and nothing else.
  package var trace = "off"

  /// `node`: files are loaded as Node's own loader does it, and not as `node:vm` leaves it.
  package var loader = "vm"

  package init() {}

  static let all = ["names", "spec", "timer", "clock", "color", "pager", "trace", "loader"]

  func value(of name: String) -> String? {
    switch name {
    case "names": names ? "on" : "off"
    case "spec": spec ? "on" : "off"
    case "timer": timer ? "on" : "off"
    case "clock": clock
    case "color": color
    case "pager": pager ? "on" : "off"
    case "trace": trace
    case "loader": loader
    default: nil
    }
  }

  static func values(of name: String) -> [String] {
    switch name {
    case "clock": ["real", "virtual"]
    case "color": ["auto", "always", "never"]
    case "trace": ["node", "off"]
    case "loader": ["node", "vm"]
    default: ["on", "off"]
    }
  }

  mutating func set(_ name: String, to value: String) {
    switch name {
    case "names": names = value == "on"
    case "spec": spec = value == "on"
    case "timer": timer = value == "on"
    case "clock": clock = value
    case "color": color = value
    case "pager": pager = value == "on"
    case "trace": trace = value
    case "loader": loader = value
    default: break
    }
  }
}
