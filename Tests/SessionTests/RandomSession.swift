/// A session's script, made from a number: modules of all kinds, rules of all kinds, links and
/// evaluations with and without steps, JavaScript, redefinitions, and commands that fail.
struct RandomSession {
  let commands: [String]

  var script: String { commands.map { $0 + "\n" }.joined() }

  init(seed: UInt64) {
    var source = Source(seed: seed)
    var commands = ["context other"]
    for index in 0..<source.count { commands.append(source.module(index)) }
    for _ in 0..<source.random(5) { commands.append(source.rule()) }
    for _ in 0..<6 + source.random(20) { commands += source.operation() }
    self.commands = commands
  }

  private struct Source {
    private var state: UInt64
    private(set) var count = 2

    init(seed: UInt64) {
      state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
      count = 2 + random(5)
    }

    mutating func random(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }

    mutating func name() -> String { "m\(random(count))" }

    mutating func module(_ index: Int) -> String {
      let name = "m\(index)"
      switch random(8) {
      case 0: return "synthetic \(name) x=\(random(9)) 'a b'=[1, 2]"
      case 1: return "synthetic \(name) x do this.setExport('x', \(random(9)))"
      case 2: return "json \(name) = { \"x\": \(random(9)) }"
      default: break
      }
      var body = ""
      for other in 0..<count where random(3) == 0 {
        body +=
          random(6) == 0 ? "import { x as x\(other) } from 'm\(other)'; " : "import 'm\(other)'; "
      }
      body += "export const x = \(random(9)); "
      switch random(12) {
      case 0: body += "await null; "
      case 1: body += "await new Promise(r => setTimeout(r, \(1 + random(4)))); "
      case 2: body += "setTimeout(() => { globalThis.late = '\(name)' }, \(random(9))); "
      case 3: body += "import('m\(random(count))').catch(() => {}); "
      case 4: body += "throw new Error('\(name)'); "
      case 5: body += "throw '\(name)'; "
      case 6: body += "console.log(import.meta, Math.random()); "
      default: break
      }
      switch random(8) {
      case 0: return "module \(name) --id 'file \(name)' <<END\n\(body)\nEND"
      case 1: return "module \(name) --context other = \(body)"
      case 2: return "module \(name) --meta ({ n: \(index) }) = \(body)"
      case 3: return "module \(name) = \(body)export const o = {\n  y: `\n`,\n}"
      default: return "module \(name) = \(body)"
      }
    }

    mutating func target() -> String {
      switch random(11) {
      case 0: return "value ({ not: 'a module' })"
      case 1: return "throw new Error('no')"
      case 2: return "reject new TypeError('never')"
      case 3: return "delay \(random(20)) \(name())"
      case 4: return "pending"
      case 5: return "js async () => modules.\(name())"
      case 6: return "js () => { throw 'a string' }"
      default: return name()
      }
    }

    mutating func rule() -> String {
      let pattern = ["\"\(name())\"", "\"m*\"", "/^m[01]$/"][random(3)]
      let referrer = random(3) == 0 ? " for \(name())" : ""
      return "resolve \(pattern) => \(target())\(referrer)"
    }

    mutating func operation() -> [String] {
      switch random(20) {
      case 0, 1, 2: return ["link \(name())"]
      case 3, 4, 5: return ["evaluate \(name())"]
      case 6:
        let kind = ["link", "evaluate"][random(2)]
        var commands = ["\(kind) \(name()) --step"]
        for _ in 0..<random(4) {
          commands.append(["step", "step 2", "finish", "step --statement", "js 1"][random(5)])
        }
        return commands + (random(8) == 0 ? [] : [["continue", "abort"][random(2)]])
      case 7: return ["answer \"\(name())\" => \(name())"]
      case 8: return ["js globalThis.n = Date.now() + (globalThis.n ?? 0); Math.random()"]
      case 9: return ["js await modules.\(name()).evaluate()"]
      case 10: return ["js new vm.SourceTextModule('export const y = 1')"]
      case 11: return ["set \(name()).x = \(random(9))"]
      case 12: return ["reset \(random(2) == 0 ? "" : name())"]
      case 13: return [module(random(count))]
      case 14: return ["unresolve \(random(4) == 0 ? "all" : "\(1 + random(3))")"]
      case 15: return [rule()]
      case 16: return ["tick \(random(10))"]
      case 17: return ["option names \(random(3) == 0 ? "off" : "on")"]
      case 18: return random(8) == 0 ? ["clear"] : ["remove \(name())"]
      default: return ["script = var s\(random(5)) = 1"]
      }
    }
  }
}
