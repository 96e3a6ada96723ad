internal import GraphRendering
internal import ModuleSyntax

extension HTMLPage {
  var graph: [String: String] {
    let (graph, edges) = document.wholeGraph
    let statuses = ModuleGraph.Status.allCases
      .map { "<li>\(Self.word($0)) <span class=\"count\"></span></li>" }
    return [
      "moduleCountAtEnd": Self.count(end.modules.count { $0 != nil }, "module"),
      "stage": SVGRenderer.stage(
        graph, edges: edges, showing: document.stage(of: end), label: "graph-text"),
      "statuses": statuses.joined(),
    ]
  }

  var modules: [String: String] {
    var rows = ""
    for (node, module) in end.modules.enumerated() where !InterruptRequest.isPending() {
      guard let module else { continue }
      let requests = document.requests(of: node, in: end)
      let error = module.error.map { "<div class=\"failure\">\(HTMLText.content($0))</div>" } ?? ""
      rows += """
        <tr><th scope="row">\(name(node))\(module.isReplaced ? " (replaced)" : "")</th>\
        <td>\(module.isSynthetic ? "synthetic" : "source")</td>\
        <td>\(Self.word(module.status, mark: module.mark))\(error)</td><td>\(module.record)</td>\
        <td>\(requests.isEmpty ? "–" : requests.map(HTMLText.content).joined(separator: ", "))\
        </td></tr>

        """
    }
    let longest = document.nodes.map { SessionDocument.clean($0.name).count }.max() ?? 0
    return [
      "moduleRows": rows, "longestName": String(longest), "bindingsHead": Self.bindingsHead,
      "hiddenWithModules": rows.isEmpty ? "" : " hidden",
      "hiddenWithoutModules": rows.isEmpty ? " hidden" : "",
    ]
  }

  private static let bindingsHead = """
    <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Value</th>\
    <th scope="col">From</th></tr></thead>
    """

  var console: [String: String] {
    let entries = document.console.map(Self.entry)
    return ["console": entries.joined(), "hiddenWithConsole": entries.isEmpty ? "" : " hidden"]
  }

  private static func entry(_ entry: SessionDocument.Console) -> String {
    let (name, level) =
      switch entry.kind {
      case .printed("log"): ("", "")
      case .printed(let level): (level, level)
      case .command: ("command", "")
      case .result: ("result", "")
      case .failure: ("error", "failed")
      case .unhandled: ("error", "unhandled")
      }
    return "<div class=\"entry\(name.isEmpty ? "" : " \(name)")\">"
      + (level.isEmpty ? "" : "<span class=\"level\">\(level)</span> ")
      + "\(HTMLText.content(entry.text))</div>\n"
  }

  /// What stands below the panels.
  var listings: [String: String] { ["everything": everything, "moments": moments] }

  /// The sources and the last bindings of all modules, for paper; the script takes sources from here.
  private var everything: String {
    var parts: [String] = []
    var sources: [[Int]] = document.nodes.map { _ in [] }
    for moment in document.moments {
      for case .appears(let node, let source?, _, _, _) in moment.changes
      where !sources[node].contains(source) {
        sources[node].append(source)
      }
    }
    for node in document.nodes.indices where !InterruptRequest.isPending() {
      let last = end.modules[node]
      for source in sources[node] where source != last?.source {
        parts.append(part(parts.count, name(node), "earlier", source, rows: []))
      }
      if let last { parts.append(part(parts.count, name(node), nil, last.source, rows: last.rows)) }
    }
    guard !parts.isEmpty else { return "" }
    return """
      <section class="panel still" aria-labelledby="all-title">
      <h2 id="all-title">Sources and bindings</h2>
      \(parts.joined(separator: "\n"))
      </section>
      """
  }

  private func part(
    _ number: Int, _ name: String, _ remark: String?, _ source: Int?, rows: [Int]
  ) -> String {
    var text = "<h3 id=\"part-\(number)\">\(name)\(remark.map { " (\($0))" } ?? "")</h3>\n"
    if let source {
      let lines = HTMLText.lines(document.sources[source])
        .map { "<span class=\"line\">\(HTMLText.content($0))\n</span>" }
      text += "<pre class=\"code\" data-source=\"\(source)\">\(lines.joined())</pre>\n"
    } else {
      text += "<p class=\"none\">A synthetic module has no source.</p>\n"
    }
    guard !rows.isEmpty else { return text }
    text += "<table aria-labelledby=\"part-\(number)\">\(Self.bindingsHead)<tbody>\n"
    for row in rows.map({ document.rows[$0] }) {
      let origin = row.origin.map {
        "\(HTMLText.content($0.export)) of \(HTMLText.content($0.module))"
      }
      text += "<tr><th scope=\"row\">\(HTMLText.content(row.name))</th>"
      text += "<td>\(row.kind.rawValue)</td><td\(row.isInitialized ? "" : " class=\"dead\"")>"
      text += "\(HTMLText.content(row.text))</td><td>\(origin ?? "–")</td></tr>\n"
    }
    return text + "</tbody></table>\n"
  }

  /// Every command, and the moments that it made.
  private var moments: String {
    var made: [Int: [Int]] = [:]
    for (index, moment) in document.moments.enumerated().dropFirst()
    where !InterruptRequest.isPending() {
      made[moment.command, default: []].append(index)
    }
    let labels = document.labels
    var items = ""
    for (index, command) in document.commands.enumerated().dropFirst() {
      items += "<li><pre><code>\(HTMLText.content(command.text))</code></pre>"
      if let steps = made[index] {
        items += "\n<ol>\n"
        for step in steps { items += item(step, labels[step]) }
        items += "</ol>"
      }
      items += "</li>\n"
    }
    return items.isEmpty ? "<p class=\"none\">Nothing has happened.</p>" : "<ol>\n\(items)</ol>"
  }

  private func item(_ index: Int, _ label: String) -> String {
    let moment = document.moments[index]
    var what: String
    if let transition = moment.transition {
      what =
        "<b>\(name(transition.node))</b> "
        + "\(Self.word(transition.from)) → \(Self.word(transition.to))"
      for case .error(_, let text) in moment.changes {
        what += " <span class=\"failure\">"
        what += "\(HTMLText.content(SessionDocument.shortened(text)))</span>"
      }
    } else {
      let kind = moment.failure == nil ? "none" : "failure"
      what = "<span class=\"\(kind)\">\(HTMLText.content(document.text(at: index)))</span>"
    }
    return "<li data-at=\"\(index)\"><span class=\"n\">\(label)</span> \(what)</li>\n"
  }
}
