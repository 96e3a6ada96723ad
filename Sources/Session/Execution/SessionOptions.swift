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

  /// What `Math.random()` begins with.
  package var seed = 0

  package init() {}

  static let all = ["names", "spec", "timer", "clock", "color", "pager", "trace", "loader", "seed"]

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
    case "seed": String(seed)
    default: nil
    }
  }

  /// Words that there are; `allows` takes numbers too.
  static func values(of name: String) -> [String] {
    switch name {
    case "seed": []
    case "clock": ["real", "virtual"]
    case "color": ["auto", "always", "never"]
    case "trace": ["node", "off"]
    case "loader": ["node", "vm"]
    default: ["on", "off"]
    }
  }

  /// What stands for numbers among the values.
  static func allowed(_ name: String) -> [String] {
    switch name {
    case "clock": values(of: name) + ["+MS"]
    case "seed": ["a whole number"]
    default: values(of: name)
    }
  }

  static func allows(_ value: String, of name: String) -> Bool {
    switch name {
    case "seed": Int(value) != nil
    case "clock": values(of: name).contains(value) || advance(value) != nil
    default: values(of: name).contains(value)
    }
  }

  /// `+MS` moves the clock forward by so many milliseconds.
  static func advance(_ value: String) -> Int? {
    guard value.hasPrefix("+"), let milliseconds = Int(value.dropFirst()), milliseconds >= 0,
      milliseconds <= 1 << 53
    else { return nil }
    return milliseconds
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
    case "seed": seed = Int(value) ?? seed
    default: break
    }
  }
}
