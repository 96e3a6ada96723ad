internal import GraphRendering

/// A session as a document shows it: what there is, and what each moment changes of it.
struct SessionDocument {
  typealias Status = ModuleGraph.Status

  /// A module's place in the graph. A module that is made again takes the place of the one before.
  struct Node {
    var name: String
  }

  struct Edge: Hashable {
    var from: Int
    /// Nil for a request, as long as no module answers it.
    var to: Int?
    var specifier: String
    var phase: String?
  }

  struct Console {
    enum Kind: Equatable {
      /// What a program printed.
      case printed(level: String)
      /// The command that what follows comes from.
      case command
      case result, failure
      /// A rejection that nothing handles.
      case unhandled
    }

    var kind: Kind
    var text: String

    var isPrinted: Bool { if case .printed = kind { true } else { false } }
  }

  struct Transition {
    var node: Int
    var from: Status
    var to: Status
  }

  /// A body that ran, where its module has no transition.
  struct Run {
    /// How it ended.
    enum End {
      case waits, finished, threw
    }

    var node: Int
    /// It had run before.
    var isLater: Bool
    /// Nil where something else began in the middle of it.
    var end: End?
  }

  enum Change {
    /// A module is there from now on.
    case appears(node: Int, source: Int?, isSynthetic: Bool, Status, record: String)
    case disappears(node: Int)
    /// A newer module has its name, or none has it.
    case replaced(node: Int)
    case status(node: Int, Status)
    /// The specification's word.
    case record(node: Int, String)
    case edge(Int, isThere: Bool)
    /// Positions in `rows`.
    case bindings(node: Int, [Int])
    case error(node: Int, String)
  }

  /// Right after a transition, or between two: a body ran, or a command did something else.
  struct Moment {
    /// A position in `commands`.
    var command: Int
    var transition: Transition?
    var run: Run?
    /// The module whose record has become `evaluated`, which Node said before.
    var settled: Int?
    /// The command ended with it.
    var failure: String?
    var changes: [Change] = []
    /// How many entries the console has.
    var consoleCount = 0
    var place: Place?

    /// The module that it is about.
    var subject: Int? { transition?.node ?? run?.node ?? settled ?? place?.node }
  }

  struct Command {
    var text: String
    var failure: String?
  }

  var nodes: [Node] = []
  var edges = NumberedValues<Edge>()
  /// Texts of modules.
  var sources = NumberedValues<String>()
  var rows = NumberedValues<BindingRow>()
  var console: [Console] = []
  var commands: [Command] = []
  /// The first is the empty session.
  var moments: [Moment] = []

  /// Everything that is there at some moment, for a layout in which nothing ever moves, and for each
  /// of its edges the position in `edges`. A request that is answered at some moment needs no box
  /// for the time before.
  var wholeGraph: (graph: ModuleGraph, edges: [Int]) {
    var synthetic: Set<Int> = []
    for moment in moments {
      for case .appears(let node, _, true, _, _) in moment.changes { synthetic.insert(node) }
    }
    var answered: Set<Edge> = []
    for var edge in edges.values where edge.to != nil {
      edge.to = nil
      answered.insert(edge)
    }
    let numbers = edges.values.indices.filter {
      edges[$0].to != nil || !answered.contains(edges[$0])
    }
    let graph = ModuleGraph(
      nodes: nodes.enumerated().map { index, node in
        // The longest word, so that each status finds room.
        ModuleGraph.Node(
          name: Self.clean(node.name), status: .evaluatingAsync,
          glyph: ModuleStatusWord.evaluatingAsync.glyph,
          isSynthetic: synthetic.contains(index))
      },
      edges: numbers.map { edges[$0] }.map {
        ModuleGraph.Edge(
          from: $0.from, to: $0.to, specifier: Self.clean($0.specifier), phase: $0.phase)
      })
    return (graph, numbers)
  }

  var transitionCount: Int { moments.reduce(0) { $0 + ($1.transition == nil ? 0 : 1) } }
}
