/// A place in a picture; y grows downwards.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

struct Size: Hashable, Sendable {
  var width: Double
  var height: Double
}

struct Rectangle: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var center: Point { Point(x + width / 2, y + height / 2) }

  func overlaps(_ other: Rectangle, margin: Double = 0) -> Bool {
    x < other.right + margin && other.x < right + margin && y < other.bottom + margin
      && other.y < bottom + margin
  }

  func contains(_ other: Rectangle) -> Bool {
    x <= other.x && y <= other.y && right >= other.right && bottom >= other.bottom
  }

  func moved(x: Double, y: Double) -> Rectangle {
    Rectangle(x: self.x + x, y: self.y + y, width: width, height: height)
  }

  /// Where the way from the center to `target` leaves the rectangle.
  func border(towards target: Point) -> Point {
    let (dx, dy) = (target.x - center.x, target.y - center.y)
    guard dx != 0 || dy != 0 else { return Point(right, center.y) }
    let across = dx == 0 ? Double.infinity : width / 2 / abs(dx)
    let along = dy == 0 ? Double.infinity : height / 2 / abs(dy)
    let scale = min(across, along)
    return Point(center.x + dx * scale, center.y + dy * scale)
  }
}
