internal import GraphRendering

/// One page with everything in it: it needs no network and no other file. It is written as the
/// session is at its end, for paper and for readers without scripts; `HTMLPageScript` moves it.
struct HTMLPage {
  let document: SessionDocument
  let end: SessionDocument.State

  init(document: SessionDocument) {
    self.document = document
    end = document.end
  }

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
    style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
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
    <div class="column">
    \(graph)
    \(source)
    </div>
    <div class="column">
    \(modules)
    \(bindings)
    \(console)
    </div>
    </div>
    \(everything)
    \(moments)
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
    let commands = document.commands.count - 1
    return """
      <header>
      <h1>modlab session</h1>
      <p>\(Self.count(document.transitionCount, "transition")) · \
      \(Self.count(document.nodes.count, "module")) · \(Self.count(commands, "command"))</p>
      </header>
      """
  }

  private var time: String {
    """
    <section class="time moving" aria-label="Timeline">
    <div class="slide">
    <button type="button" id="first" aria-label="First moment">⇤</button>
    <button type="button" id="back" aria-label="Moment before">←</button>
    <button type="button" id="play" aria-label="Play">▶</button>
    <button type="button" id="on" aria-label="Next moment">→</button>
    <button type="button" id="last" aria-label="Last moment">⇥</button>
    <label class="unseen" for="at">Moment of the session</label>
    <div class="track"><input type="range" id="at" min="0" max="\(document.moments.count - 1)" \
    value="0" step="1"><div id="marks" aria-hidden="true"></div></div>
    <span id="where"></span>
    </div>
    <div class="now">
    <pre id="command" role="group" aria-label="Command"></pre>
    <p id="said"></p>
    </div>
    <p id="told" class="unseen" role="status"></p>
    </section>
    <p class="still">This is the end of the session: its last statuses, values and lines of the \
    console.</p>
    <noscript><p class="note">With scripts, this page has a slider that goes through all moments of \
    the session.</p></noscript>
    """
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  static func word(_ status: SessionDocument.Status) -> String {
    "<span class=\"word \(status.rawValue)\">\(status.rawValue)</span>"
  }

  func name(_ node: Int) -> String { HTMLText.content(document.nodes[node].name) }
}
