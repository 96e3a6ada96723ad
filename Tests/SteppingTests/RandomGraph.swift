/// A graph of modules, made from a number: with cycles, top-level await and timers, bodies that throw
/// or read what is not there yet; if it may hang, with errors in linking and awaits that never end.
struct RandomGraph {
  let script: String
  let count: Int

  init(seed: UInt64, mayHang: Bool = false) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
    count = 2 + random(6)
    var lines: [String] = []
    for index in 0..<count {
      var body = ""
      for other in 0..<count where random(3) == 0 { body += "import 'm\(other)'; " }
      body += "console.log('m\(index) begins'); "
      if random(6) == 0 {
        body += "import { x as seen } from 'm\(random(count))'; console.log(seen); "
      }
      switch random(mayHang ? 10 : 7) {
      case 0: body += "await null; "
      case 1: body += "await new Promise(r => setTimeout(r, \(1 + random(4)))); "
      case 2: body += "for await (const x of [1, Promise.resolve(2)]) console.log('m\(index)', x); "
      case 3: body += "for (let i = 0; i < 3; i++) await i; "
      case 4: body += "Promise.resolve().then(() => console.log('m\(index) job')); "
      case 5: body += "setTimeout(() => console.log('m\(index) timer'), \(random(4))); "
      case 6: body += "import('m\(random(count))').then(() => console.log('m\(index) imported')); "
      case 7: body += "await import('m\(random(count))'); "
      case 8: if random(3) == 0 { body += "await new Promise(() => {}); " }
      default: break
      }
      if random(12) == 0 { body += "throw new Error('m\(index)'); " }
      body += "export let x = 'x of m\(index)'; console.log('m\(index) ends')"
      lines.append("module m\(index) = \(body)")
    }
    if random(3) == 0 { lines.append("resolve \"m1\" => delay \(random(3)) m1") }
    if random(3) == 0 { lines.append("resolve \"m0\" => js async () => modules.m0") }
    if mayHang {
      let index = random(count)
      switch random(12) {
      case 0: lines[index].append("; import { missing } from 'm\(random(count))'")
      case 1: lines[index].append("; import 'nowhere'")
      case 2: lines.append("resolve \"m\(index)\" => value 1")
      case 3: lines.append("resolve \"m\(index)\" => throw new Error('linker')")
      case 4: lines.append("resolve \"m\(index)\" => reject new Error('linker')")
      default: break
      }
    }
    script = lines.joined(separator: "\n") + "\n"
  }
}
