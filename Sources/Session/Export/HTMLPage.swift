internal import GraphRendering

/// One page with everything in it: it needs no network and no other file.
struct HTMLPage {
  let document: SessionDocument

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="modlab">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>modlab session</title>
    <style>
    \(HTMLPageStyle.text)
    </style>
    </head>
    <body>
    \(head)
    <main>
    \(time)
    <div class="columns">
    \(panels)
    </div>
    </main>
    <footer>Made by <b>modlab</b>: <code>export html</code></footer>
    <script type="application/json" id="data">\(HTMLText.scriptData(document.json()))</script>
    <script>
    \(HTMLPageScript.text)
    </script>
    </body>
    </html>

    """
  }

  private var head: String {
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let commands = document.commands.count - 1
    return """
      <a class="skip" href="#at">To the timeline</a>
      <header>
      <h1>modlab session</h1>
      <p>\(count(document.transitionCount, "transition")) · \
      \(count(document.nodes.count, "module")) · \(count(commands, "command"))</p>
      </header>
      """
  }

  private var time: String {
    """
    <section class="time" aria-label="Timeline">
    <div class="slide">
    <button type="button" id="first" aria-label="First moment">⇤</button>
    <button type="button" id="back" aria-label="Moment before">←</button>
    <button type="button" id="play" aria-label="Play">▶</button>
    <button type="button" id="on" aria-label="Next moment">→</button>
    <button type="button" id="last" aria-label="Last moment">⇥</button>
    <label class="unseen" for="at">Moment of the session</label>
    <div class="track"><input type="range" id="at" min="0" max="\(document.moments.count - 1)" \
    value="0" step="1"><div id="marks" aria-hidden="true"></div></div>
    <output id="where" for="at"></output>
    </div>
    <pre id="command"></pre>
    <p id="said" role="status" aria-live="polite"></p>
    <noscript><p>This page shows the session's moments by a script; the list of all transitions \
    below needs none.</p></noscript>
    </section>
    """
  }

  private var panels: String {
    let (graph, edges) = document.wholeGraph
    return """
      <section class="panel graph" aria-labelledby="graph-title">
      <h2 id="graph-title">Graph</h2>
      <p class="unseen">A picture of what the table “Modules” says in words.</p>
      <div class="scroll" id="graph" tabindex="0" role="group" aria-label="Picture of the graph">
      \(SVGRenderer.stage(graph, edges: edges))</div>
      </section>
      <section class="panel source" aria-labelledby="source-title">
      <h2 id="source-title">Source <span id="source-name"></span></h2>
      <p class="pick"><label for="pick">Module</label> <select id="pick"></select></p>
      <div class="scroll" id="source" tabindex="0" role="group" aria-labelledby="source-title"></div>
      </section>
      <section class="panel bindings" aria-labelledby="bindings-title">
      <h2 id="bindings-title">Bindings <span id="bindings-name"></span></h2>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="bindings-title">
      <table><thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Value</th>\
      <th scope="col">From</th></tr></thead><tbody id="bindings"></tbody></table>
      <p class="none" id="no-bindings"></p></div>
      </section>
      <section class="panel console" aria-labelledby="console-title">
      <h2 id="console-title">Console</h2>
      <div class="scroll" id="console" tabindex="0" role="group" aria-labelledby="console-title">\
      </div>
      </section>
      <section class="panel modules" aria-labelledby="modules-title">
      <h2 id="modules-title">Modules</h2>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="modules-title">
      <table><thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Status</th>\
      <th scope="col">Requests</th></tr></thead><tbody id="modules"></tbody></table></div>
      </section>
      <section class="panel moments" aria-labelledby="moments-title">
      <h2 id="moments-title">Commands and transitions</h2>
      <div class="scroll" id="moments" tabindex="0" role="group" aria-labelledby="moments-title">
      \(moments)
      </div>
      </section>
      """
  }

  /// Every moment under its command, readable without a script.
  private var moments: String {
    var text = ""
    var command = 0
    var number = 0
    for (index, moment) in document.moments.enumerated().dropFirst() {
      if moment.command != command {
        if !text.isEmpty { text += "</ol>\n" }
        command = moment.command
        let line = MarkupText.escaped(SessionDocument.clean(document.commands[command].text))
        text += "<h3><code>\(line)</code></h3>\n<ol>\n"
      }
      let what: String
      if let transition = moment.transition {
        number += 1
        let name = MarkupText.escaped(
          SessionDocument.clean(document.nodes[transition.node].name))
        what =
          "<span class=\"n\">\(number)</span> <b>\(name)</b> \(word(transition.from)) → "
          + word(transition.to)
      } else if document.commands[command].failure != nil {
        what = "<span class=\"n\"></span> <span class=\"errored\">✗ fails</span>"
      } else {
        what = "<span class=\"n\"></span> " + made(moment)
      }
      text += "<li><button type=\"button\" data-at=\"\(index)\">\(what)</button></li>\n"
    }
    return text.isEmpty ? "<p class=\"none\">Nothing has happened.</p>" : text + "</ol>"
  }

  private func made(_ moment: SessionDocument.Moment) -> String {
    var texts: [String] = []
    for case .appears(let node, _, _, let status) in moment.changes {
      let name = MarkupText.escaped(SessionDocument.clean(document.nodes[node].name))
      texts.append("<b>\(name)</b> \(word(status))")
    }
    if texts.isEmpty { return "<span class=\"none\">no transition</span>" }
    return texts.joined(separator: ", ")
  }

  private func word(_ status: SessionDocument.Status) -> String {
    let glyph = ModuleStatusWord(rawValue: status.rawValue)?.glyph ?? ""
    return "<span class=\"\(status.rawValue)\">\(glyph) \(status.rawValue)</span>"
  }
}
