/// A graph of modules with top-level await, made from a number.
struct RandomGraph {
  let script: String
  let count: Int

  init(seed: UInt64) {
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
      switch random(8) {
      case 0: body += "await null; "
      case 1: body += "await new Promise(r => setTimeout(r, \(1 + random(4)))); "
      case 2: body += "for await (const x of [1, Promise.resolve(2)]) console.log('m\(index)', x); "
      case 3: body += "for (let i = 0; i < 3; i++) await i; "
      case 4: body += "Promise.resolve().then(() => console.log('m\(index) job')); "
      case 5: body += "setTimeout(() => console.log('m\(index) timer'), \(random(4))); "
      case 6: body += "import('m\(random(count))').then(() => console.log('m\(index) imported')); "
      default: break
      }
      if random(12) == 0 { body += "throw new Error('m\(index)'); " }
      body += "console.log('m\(index) ends')"
      lines.append("module m\(index) = \(body)\n")
    }
    if random(3) == 0 { lines.append("resolve \"m1\" => delay \(random(3)) m1\n") }
    if random(3) == 0 { lines.append("resolve \"m0\" => js async () => modules.m0\n") }
    script = lines.joined()
  }
}
