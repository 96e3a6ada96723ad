/// The graph as a picture.
public enum SVGRenderer {
  public static func render(_ graph: ModuleGraph) -> String { "" }
}
