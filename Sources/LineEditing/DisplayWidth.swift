internal import CEditline

extension String {
  /// Columns on a terminal: wide characters count twice, combining and control ones not at all.
  var displayWidth: Int {
    unicodeScalars.reduce(0) { sum, scalar in
      sum + Int(modlab_character_width(scalar.value))
    }
  }
}
