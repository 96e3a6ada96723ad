import ModuleLinking
import Testing
import VMModules

@testable import Session

/// Transitions are packed, and read as they were written.
@Suite struct PackedTransitionsTests {
  private func entries(_ count: Int) -> [TransitionLog.Entry] {
    var events = 0
    return (0..<count).map { index in
      let number = UInt32(index * 7919 % 3001 + 1)
      events += index * 31 % 401
      return TransitionLog.Entry(
        // Now and then a module has another name than before.
        name: "m\(number % 97)" + (index % 19 == 0 ? "#2" : ""), module: ModuleID(number),
        from: NodeStatus.allCases[index % 6], to: NodeStatus.allCases[index / 6 % 6],
        eventCount: events)
    }
  }

  private func line(_ entry: TransitionLog.Entry) -> String {
    "\(entry.name) \(entry.module) \(entry.from) \(entry.to) \(entry.eventCount)"
  }

  @Test(arguments: [0, 1, 127, 128, 129, 1000])
  func `what is read is what was written`(_ count: Int) {
    let written = entries(count)
    var packed = PackedTransitions()
    for entry in written { packed.append(entry) }
    #expect(packed.count == count)
    #expect(packed.map(line) == written.map(line))
    for index in written.indices { #expect(line(packed[index]) == line(written[index])) }
  }

  @Test func `a session that begins anew counts its events from 0 again`() {
    var packed = PackedTransitions()
    let first = TransitionLog.Entry(
      name: "a", module: ModuleID(70_000), from: .unlinked, to: .linking, eventCount: 1 << 40)
    let second = TransitionLog.Entry(
      name: "b", module: ModuleID(1), from: .linking, to: .errored, eventCount: 0)
    packed.append(first)
    packed.append(second)
    #expect(packed.map(line) == [line(first), line(second)])
  }
}
