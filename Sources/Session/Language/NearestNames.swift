/// "Did you mean": the names close to a word that was not found.
package enum NearestNames {
  /// Names at an edit distance of at most two (one for words of two or
  /// three letters, none but for case for a single one), and only the nearest.
  package static func of(_ word: String, among names: some Sequence<String>) -> [String] {
    let scalars = Array(word.unicodeScalars)
    // A name of unreasonable length is no slip of the finger.
    guard !scalars.isEmpty, scalars.count <= 100 else { return [] }
    let limit = scalars.count <= 1 ? 0 : scalars.count <= 3 ? 1 : 2
    var found: [(name: String, distance: Int)] = []
    for name in names where name != word {
      let other = Array(name.unicodeScalars.prefix(scalars.count + limit + 1))
      guard abs(other.count - scalars.count) <= limit else { continue }
      let distance = distance(scalars, other)
      if distance <= limit { found.append((name, distance)) }
    }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    let nearest = found.first?.distance
    return found.filter { $0.distance == nearest }.prefix(3).map(\.name)
  }

  /// As `of`; when nothing is near, the names that are the word but for directories or the ending.
  package static func ofModule(_ word: String, among names: some Sequence<String>) -> [String] {
    let names = Array(names)
    let near = of(word, among: names)
    guard near.isEmpty else { return near }
    let sought = stem(of: word)
    return Array(names.filter { $0 != word && stem(of: $0) == sought }.prefix(3))
  }

  /// `shared` of `./lib/shared.mjs`.
  private static func stem(of name: String) -> Substring {
    let file = name.split(separator: "/").last ?? name[...]
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return file }
    return file[..<dot]
  }

  /// Insertions, deletions, substitutions and swaps of neighbours; case alone costs nothing at all.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    func fold(_ scalar: Unicode.Scalar) -> UInt32 {
      (0x41...0x5A).contains(scalar.value) ? scalar.value + 32 : scalar.value
    }
    let a = a.map(fold)
    let b = b.map(fold)
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
