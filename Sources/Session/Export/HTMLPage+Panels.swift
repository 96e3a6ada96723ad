internal import GraphRendering
internal import ModuleSyntax

extension HTMLPage {
  var graph: String {
    let (graph, edges) = document.wholeGraph
    let statuses = ModuleGraph.Status.allCases
      .map { "<li>\(Self.word($0)) <span class=\"count\"></span></li>" }.joined()
    return """
      <section class="panel graph" aria-labelledby="graph-title">
      <h2 id="graph-title">Graph</h2>
      <p class="pick moving" id="overview-choice" hidden><label><input type="checkbox" id="overview"> \
      overview</label></p>
      <p id="graph-text" hidden>Picture of the graph: \
      \(Self.count(end.modules.count { $0 != nil }, "module")). \
      The table “Modules” has the statuses and requests of each.</p>
      <div class="scroll" id="graph" role="group" aria-labelledby="graph-title">
      \(SVGRenderer.stage(graph, edges: edges, showing: document.stage(of: end), label: "graph-text"))\
      </div>
      <ul class="legend">\(statuses)\
      <li><i class="round"></i>synthetic</li><li><i class="dashed"></i>no answer yet</li>\
      <li><s>name</s> replaced</li>\
      <li class="moving"><i class="thick"></i>this moment</li></ul>
      </section>
      """
  }

  var source: String {
    """
    <section class="panel source moving" aria-labelledby="source-title">
    <h2 id="source-title">Source <span id="source-name"></span></h2>
    <p class="pick"><label for="pick">Show</label> <select id="pick"></select></p>
    <div class="scroll" id="source" role="group" aria-labelledby="source-title"></div>
    </section>
    """
  }

  var modules: String {
    var rows = ""
    for (node, module) in end.modules.enumerated() where !InterruptRequest.isPending() {
      guard let module else { continue }
      let requests = document.requests(of: node, in: end)
      let error = module.error.map { "<div class=\"failure\">\(HTMLText.content($0))</div>" } ?? ""
      rows += """
        <tr><th scope="row">\(name(node))\(module.isReplaced ? " (replaced)" : "")</th>\
        <td>\(module.isSynthetic ? "synthetic" : "source")</td>\
        <td>\(Self.word(module.status))\(error)</td><td>\(module.record)</td>\
        <td>\(requests.isEmpty ? "–" : requests.map(HTMLText.content).joined(separator: ", "))\
        </td></tr>

        """
    }
    let longest = document.nodes.map { SessionDocument.clean($0.name).count }.max() ?? 0
    return """
      <section class="panel modules" aria-labelledby="modules-title">
      <h2 id="modules-title">Modules</h2>
      <div class="scroll" role="group" aria-labelledby="modules-title">
      <p class="none" id="no-modules"\(rows.isEmpty ? "" : " hidden")>No modules.</p>
      <table id="modules-table" aria-labelledby="modules-title" style="--name: \(longest)ch"\(rows.isEmpty ? " hidden" : "")>
      <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Status</th>\
      <th scope="col">Record</th><th scope="col">Requests</th></tr></thead>
      <tbody id="modules">
      \(rows)</tbody></table>
      </div>
      </section>
      """
  }

  var bindings: String {
    """
    <section class="panel bindings moving" aria-labelledby="bindings-title">
    <h2 id="bindings-title">Bindings <span id="bindings-name"></span></h2>
    <div class="scroll" role="group" aria-labelledby="bindings-title">
    <table id="bindings-table" aria-labelledby="bindings-title">\(Self.bindingsHead)<tbody id="bindings"></tbody></table>
    <p class="none" id="no-bindings"></p></div>
    </section>
    """
  }

  private static let bindingsHead = """
    <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Value</th>\
    <th scope="col">From</th></tr></thead>
    """

  var console: String {
    let entries = document.console.map(Self.entry)
    return """
      <section class="panel console" aria-labelledby="console-title">
      <h2 id="console-title">Console</h2>
      <p class="none" id="no-console"\(entries.isEmpty ? "" : " hidden")>Nothing is on the console.</p>
      <div class="scroll" id="console" role="group" aria-labelledby="console-title">
      \(entries.joined())</div>
      </section>
      """
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

  /// The sources and the last bindings of all modules, for paper; the script takes sources from here.
  var everything: String {
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
  var moments: String {
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
    return """
      <section class="panel moments" aria-labelledby="moments-title">
      <h2 id="moments-title">Commands and transitions</h2>
      <div class="scroll" id="moments">
      \(items.isEmpty ? "<p class=\"none\">Nothing has happened.</p>" : "<ol>\n\(items)</ol>")
      </div>
      </section>
      """
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
