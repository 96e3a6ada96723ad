/// Colours of statuses, on light and on dark ground.
enum StatusPalette {
  static func light(_ status: ModuleGraph.Status) -> String {
    switch status {
    case .unlinked: "#6b7280"
    case .linking: "#0e7490"
    case .linked: "#1d4ed8"
    case .evaluating: "#a16207"
    case .evaluated: "#15803d"
    case .errored: "#b91c1c"
    }
  }

  static func dark(_ status: ModuleGraph.Status) -> String {
    switch status {
    case .unlinked: "#9ca3af"
    case .linking: "#22d3ee"
    case .linked: "#60a5fa"
    case .evaluating: "#facc15"
    case .evaluated: "#4ade80"
    case .errored: "#f87171"
    }
  }
}
