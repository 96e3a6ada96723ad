import Glibc
internal import ModuleSyntax

/// Places the modules of a cycle on an ellipse, the first one at the left, so that the cycle is seen.
struct RingLayout {
  /// Within the ring's own rectangle, which starts at (0, 0).
  private(set) var boxes: [Rectangle] = []
  private(set) var size = Size(width: 0, height: 0)

  private static let margin = 26.0

  init(sizes: [Size]) {
    guard let first = sizes.first else { return }
    let widest = sizes.reduce(first.width) { max($0, $1.width) }
    let highest = sizes.reduce(first.height) { max($0, $1.height) }
    var best = Double.infinity
    // Flat, round and high rings; the one that takes the least room.
    for growth in [(1.08, 1.12), (1.06, 1.12), (1.05, 1.12), (1.04, 1.12)] {
      var radius = Size(width: widest * 0.62, height: highest * 0.5)
      var placed: [Rectangle]
      repeat {
        placed = Self.place(sizes, radius)
        radius.width *= growth.0
        radius.height *= growth.1
      } while !InterruptRequest.isPending() && Self.hasOverlap(placed)
      let room = radius.width + 1.2 * radius.height
      if room < best { (best, boxes) = (room, placed) }
    }
    let left = boxes.map(\.x).min() ?? 0
    let top = boxes.map(\.y).min() ?? 0
    boxes = boxes.map { $0.moved(x: -left, y: -top) }
    size = Size(width: boxes.map(\.right).max() ?? 0, height: boxes.map(\.bottom).max() ?? 0)
  }

  private static func place(_ sizes: [Size], _ radius: Size) -> [Rectangle] {
    sizes.enumerated().map { index, size in
      let angle = Double.pi * (1 + 2 * Double(index) / Double(sizes.count))
      return Rectangle(
        x: radius.width * cos(angle) - size.width / 2,
        y: radius.height * sin(angle) - size.height / 2, width: size.width, height: size.height)
    }
  }

  private static func hasOverlap(_ boxes: [Rectangle]) -> Bool {
    // On a large ring only those near each other can.
    let reach = boxes.count > 300 ? 8 : boxes.count
    for first in boxes.indices {
      for step in 1..<max(1, min(reach, boxes.count)) {
        let second = (first + step) % boxes.count
        if second != first, boxes[first].overlaps(boxes[second], margin: margin) { return true }
      }
    }
    return false
  }
}
