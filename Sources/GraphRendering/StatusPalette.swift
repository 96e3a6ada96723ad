/// Colours of statuses, on light and on dark ground: words in them have a contrast of 4.5 or more.
enum StatusPalette {
  static func light(_ status: ModuleGraph.Status) -> String {
    switch status {
    case .unlinked: "#575f6c"
    case .linking: "#0e7490"
    case .linked: "#1d4ed8"
    case .evaluating, .evaluatingAsync: "#854d0e"
    case .evaluated: "#166534"
    case .errored: "#b91c1c"
    }
  }

  static func dark(_ status: ModuleGraph.Status) -> String {
    switch status {
    case .unlinked: "#9ca3af"
    case .linking: "#22d3ee"
    case .linked: "#60a5fa"
    case .evaluating, .evaluatingAsync: "#facc15"
    case .evaluated: "#4ade80"
    case .errored: "#f87171"
    }
  }
}
