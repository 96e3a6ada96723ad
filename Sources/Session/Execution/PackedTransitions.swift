internal import ModuleLinking
internal import VMModules

/// Transitions of a session, in about four bytes each: all of them are kept, of modules that are long
/// gone too.
struct PackedTransitions: Sequence {
  typealias Element = TransitionLog.Entry

  /// So many follow each other in a block, each told by its difference to the one before it.
  private static let blockSize = 128

  fileprivate struct Block {
    /// Before its first entry.
    var module: Int
    var eventCount: Int
    var bytes: [UInt8] = []
  }

  private var blocks: [Block] = []
  private(set) var count = 0
  private var last: (module: Int, eventCount: Int) = (0, 0)
  private var names: [String] = []
  private var numbers: [String: Int32] = [:]
  /// By a module's number: the name of its first transition; -1 before that.
  private var firstNames: [Int32] = []

  mutating func append(_ entry: Element) {
    if count % Self.blockSize == 0 {
      blocks.append(Block(module: last.module, eventCount: last.eventCount))
    }
    count += 1
    let module = Int(entry.module.number)
    while firstNames.count <= module { firstNames.append(-1) }
    let isFirst = firstNames[module] < 0
    let hasOtherName = !isFirst && names[Int(firstNames[module])] != entry.name
    let name = isFirst || hasOtherName ? number(of: entry.name) : 0
    if isFirst { firstNames[module] = name }
    let block = blocks.count - 1
    blocks[block].bytes.append(
      entry.from.code | entry.to.code << 3 | (hasOtherName ? Self.namesItself : 0))
    blocks[block].append(module - last.module)
    blocks[block].append(entry.eventCount - last.eventCount)
    if hasOtherName { blocks[block].append(Int(name)) }
    last = (module, entry.eventCount)
  }

  private static let namesItself: UInt8 = 1 << 6

  private mutating func number(of name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }

  func makeIterator() -> Iterator { Iterator(self, from: 0) }

  subscript(index: Int) -> Element {
    var iterator = Iterator(self, from: index / Self.blockSize)
    for _ in 0..<index % Self.blockSize { _ = iterator.next() }
    guard let entry = iterator.next() else { preconditionFailure("no transition \(index)") }
    return entry
  }

  struct Iterator: IteratorProtocol {
    private let transitions: PackedTransitions
    private var block: Int
    private var position = 0
    private var module = 0
    private var eventCount = 0

    fileprivate init(_ transitions: PackedTransitions, from block: Int) {
      self.transitions = transitions
      self.block = block
      enterBlock()
    }

    private mutating func enterBlock() {
      position = 0
      guard block < transitions.blocks.count else { return }
      module = transitions.blocks[block].module
      eventCount = transitions.blocks[block].eventCount
    }

    mutating func next() -> Element? {
      if block < transitions.blocks.count, position == transitions.blocks[block].bytes.count {
        block += 1
        enterBlock()
      }
      guard block < transitions.blocks.count else { return nil }
      let head = transitions.blocks[block].bytes[position]
      position += 1
      module += transitions.blocks[block].number(at: &position)
      eventCount += transitions.blocks[block].number(at: &position)
      let name =
        head & PackedTransitions.namesItself == 0
        ? Int(transitions.firstNames[module]) : transitions.blocks[block].number(at: &position)
      return Element(
        name: transitions.names[name], module: ModuleID(UInt32(module)),
        from: NodeStatus(code: head & 7), to: NodeStatus(code: head >> 3 & 7),
        eventCount: eventCount)
    }
  }
}

// Whole numbers, small ones in one byte: seven bits a byte, the lowest first; the lowest bit of all is
// the sign.
extension PackedTransitions.Block {
  fileprivate mutating func append(_ number: Int) {
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  fileprivate func number(at position: inout Int) -> Int {
    var value: UInt = 0
    var shift: UInt = 0
    while bytes[position] >= 0x80 {
      value |= UInt(bytes[position] & 0x7F) << shift
      shift += 7
      position += 1
    }
    value |= UInt(bytes[position]) << shift
    position += 1
    return Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
  }
}

extension NodeStatus {
  /// Three bits.
  fileprivate var code: UInt8 {
    switch self {
    case .unlinked: 0
    case .linking: 1
    case .linked: 2
    case .evaluating: 3
    case .evaluated: 4
    case .errored: 5
    }
  }

  fileprivate init(code: UInt8) {
    switch code {
    case 0: self = .unlinked
    case 1: self = .linking
    case 2: self = .linked
    case 3: self = .evaluating
    case 4: self = .evaluated
    default: self = .errored
    }
  }
}
