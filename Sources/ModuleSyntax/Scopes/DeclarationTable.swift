/// The declarations of the scopes that are open. Those of one name are a list, from the innermost scope
/// outwards; what a scope declares goes when it closes, so that the table stays as small as the nesting
/// is deep, however long the text is.
struct DeclarationTable {
  /// In place of a scope's number: the names that the module exports.
  static let exports: Int32 = -2

  private var declarations: [Declaration] = []
  /// By name, the declaration in the innermost scope; -1 where there is none.
  private var innermost: [Int32] = []
  /// The first place of `declarations` that is free, linked by `next`; -1 when all are taken.
  private var firstFree: Int32 = -1

  init() {
    declarations.reserveCapacity(16)
    innermost.reserveCapacity(32)
  }

  subscript(index: Int32) -> Declaration {
    get { declarations[Int(index)] }
    set { declarations[Int(index)] = newValue }
  }

  @inline(__always)
  private func head(_ name: Int32) -> Int32 {
    Int(name) < innermost.count ? innermost[Int(name)] : -1
  }

  func find(_ name: Int32, scope: Int32) -> Int32? {
    var index = head(name)
    while index >= 0 {
      let declaration = declarations[Int(index)]
      if declaration.scope <= scope { return declaration.scope == scope ? index : nil }
      index = declaration.outer
    }
    return nil
  }

  /// Whether the innermost scope, which is `scope`, declares a name.
  @inline(__always)
  func isDeclared(_ name: Int32, inInnermost scope: Int32) -> Bool {
    let index = head(name)
    return index >= 0 && declarations[Int(index)].scope == scope
  }

  /// Adds a declaration of a name that its scope does not have.
  mutating func insert(_ new: Declaration) -> Int32 {
    var new = new
    var inner: Int32 = -1
    new.outer = head(new.name)
    while new.outer >= 0, declarations[Int(new.outer)].scope > new.scope {
      inner = new.outer
      new.outer = declarations[Int(inner)].outer
    }
    let index: Int32
    if firstFree >= 0 {
      index = firstFree
      firstFree = declarations[Int(index)].next
      declarations[Int(index)] = new
    } else {
      index = Int32(declarations.count)
      declarations.append(new)
    }
    if inner >= 0 {
      declarations[Int(inner)].outer = index
    } else {
      while innermost.count <= Int(new.name) { innermost.append(-1) }
      innermost[Int(new.name)] = index
    }
    return index
  }

  /// Takes away the declarations of the innermost scope, a list by `next`.
  mutating func removeAll(from last: Int32) {
    var index = last
    while index >= 0 {
      let declaration = declarations[Int(index)]
      innermost[Int(declaration.name)] = declaration.outer
      declarations[Int(index)].next = firstFree
      firstFree = index
      index = declaration.next
    }
  }
}
