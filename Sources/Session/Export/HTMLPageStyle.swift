internal import GraphRendering

/// How the page looks. Without a script and on paper it is a document from top to bottom; with its
/// script (`.live`) it fits the window: what the slider moves is seen at once, and stays in its place.
enum HTMLPageStyle {
  static let text = """
    :root {
      color-scheme: light dark;
      --ground: #f3f4f6; --panel: #ffffff; --text: #1f2937; --faint: #525b69; --line: #d7dbe1;
      --edge: #7c8594; --turn: #c2410c; --turn-ground: #fff7ed; --mark: #4338ca; --run: #eef2ff;
      --ran: #c7d2fe;
      \(SVGRenderer.statusProperties(isDark: false))
      --mono: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --ground: #0d1117; --panel: #161b22; --text: #e5e7eb; --faint: #9aa4b2; --line: #30363d;
        --edge: #7d8794; --turn: #fb923c; --turn-ground: #2a1a10; --mark: #a5b4fc; --run: #232a4d;
        --ran: #3d4a8f;
        \(SVGRenderer.statusProperties(isDark: true))
      }
    }
    * { box-sizing: border-box }
    [hidden], .live .still, html:not(.live) .moving { display: none !important }
    body { margin: 0; background: var(--ground); color: var(--text);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
    header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem;
      padding: .75rem 1.25rem 0 }
    h1 { font-size: 1.25rem; margin: 0; letter-spacing: -.01em }
    header p, footer, .none, .note { color: var(--faint) }
    header p { margin: 0 }
    main > p, .note { margin: .5rem 1.25rem }
    footer { padding: .5rem 1.25rem 1.25rem; font-size: .85rem }
    pre, code, td, tbody th, #console { font-family: var(--mono); font-size: 13px }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
    bdi { unicode-bidi: isolate }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 1px; border-radius: 6px }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap }

    .time { margin: .5rem 1.25rem; padding: .5rem 1rem;
      background: var(--panel); border: 1px solid var(--line); border-radius: 12px;
      box-shadow: 0 4px 14px rgb(0 0 0 / .07) }
    .slide { display: flex; align-items: center; gap: .375rem }
    .slide button { min-width: 2.25rem; height: 2.25rem; padding: 0; font-size: 1rem }
    button { font: inherit; color: inherit; background: transparent; cursor: pointer;
      border: 1px solid var(--line); border-radius: 8px }
    button:hover { border-color: var(--mark); color: var(--mark) }
    button[aria-disabled=true] { opacity: .4; cursor: default }
    .track { position: relative; flex: 1; min-width: 6rem; margin: 0 .5rem }
    .track input { display: block; width: 100%; height: 2.25rem; margin: 0; cursor: pointer;
      accent-color: var(--mark) }
    #marks { position: absolute; left: 8px; right: 8px; bottom: 0; height: 6px;
      pointer-events: none }
    #marks i { position: absolute; bottom: 0; width: 1px; height: 6px; background: var(--edge) }
    #where { min-width: 5.5rem; text-align: right; font-variant-numeric: tabular-nums;
      color: var(--faint) }
    .now { margin-top: .375rem }
    #command { max-height: 3.1em; overflow: auto }
    #command:empty { display: none }
    #command::before { content: "modlab> "; content: "modlab> " / ""; color: var(--faint) }
    #said { margin: .125rem 0 0; max-height: 3em; overflow: auto; overflow-wrap: anywhere }

    .columns { padding: 0 1.25rem }
    .panel { position: relative; margin: .75rem 0; background: var(--panel);
      border: 1px solid var(--line); border-radius: 12px; padding: .625rem 1rem .75rem }
    main > .panel { margin: .75rem 1.25rem }
    h2 { margin: 0 0 .375rem; font-size: .95rem; overflow-wrap: anywhere }
    h2 span { font-weight: 400; color: var(--faint) }
    h3 { margin: 1rem 0 .25rem; font-size: .9rem; overflow-wrap: anywhere }
    .none { margin: .25rem 0 }
    .scroll { overflow: auto; border-radius: 6px }
    .pick { float: right; margin: -.1rem 0 .25rem .5rem; font-size: .85rem; color: var(--faint) }
    .live .pick ~ .scroll { clear: both }
    select { font: inherit; max-width: 11rem; color: var(--text); background: var(--panel);
      border: 1px solid var(--line); border-radius: 6px; padding: .1rem .25rem }

    #graph { display: flex }
    .stage { flex: none; margin: auto; max-width: none; height: auto }
    .stage.fits { max-width: 100%; max-height: 100% }
    .stage.overview text { display: none }
    .stage.overview .edge { stroke-width: 1px; vector-effect: non-scaling-stroke; opacity: .35 }
    .stage.overview .open { opacity: .35 }
    .stage.overview .now .box { stroke: var(--text); stroke-width: 3px;
      vector-effect: non-scaling-stroke }
    .count { font-weight: 600; color: var(--text) }
    .live .stage g.module, .live #modules tr { cursor: pointer }
    .stage .gone { display: none }
    .stage .asking .edge { stroke-dasharray: 2 4 }
    \(SVGRenderer.stageStyle)
    \(overviewColors)
    .legend { display: flex; flex-wrap: wrap; gap: 0 1rem; list-style: none; margin: .375rem 0 0;
      padding: 0; font-size: .8rem; color: var(--faint) }
    .legend i { display: inline-block; width: 1.5em; height: .8em; margin-right: .4em;
      border: 1.5px solid var(--edge); border-radius: 2px }
    .legend .round { border-radius: 1em } .legend .dashed { border-style: dashed }
    .legend .thick { border: 3px solid var(--text); background: var(--run) }

    .code { counter-reset: line } .code + table { margin-top: .375rem }
    .code .line { display: block; position: relative; min-height: 1.5em; padding-left: 4.2em;
      border-left: 3px solid transparent; counter-increment: line }
    .code .line::before { content: counter(line); position: absolute; left: 0; width: 3.2em;
      text-align: right; color: var(--faint) }
    .code .ran, .code .asks { background: var(--run); border-left-color: var(--mark) }
    .code .fails { border-left-color: var(--errored) }
    .code .line[aria-current]::before { content: "▸ " counter(line); color: var(--mark);
      font-weight: 700 }
    .code .ran[aria-current]::before { content: "▸ " counter(line) / "ran: " }
    .code .asks[aria-current]::before { content: "▸ " counter(line) / "asks: " }
    .code .fails[aria-current]::before { content: "✕ " counter(line);
      content: "✕ " counter(line) / "fails: "; color: var(--errored) }
    mark { color: inherit; background: var(--ran); border-radius: 2px }
    .entry { padding: 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere;
      border-left: 3px solid transparent }
    .entry.new { border-left-color: var(--mark); background: var(--run) }
    .entry.error { color: var(--errored) } .entry.warn { color: var(--evaluating) }
    .entry.command { margin-top: .25rem; color: var(--faint) }
    .entry.command::before { content: "modlab> " / "" }
    .entry.result::before { content: "→ " / "result: "; color: var(--faint) }
    .level { font-weight: 700 }
    table { border-collapse: collapse; width: 100% }
    th { text-align: left; vertical-align: top }
    thead th { font-size: .8rem; font-weight: 600; color: var(--faint); position: sticky; top: 0;
      border-bottom: 1px solid var(--line); padding: 0 .75rem .25rem 0; background: var(--panel) }
    td, tbody th { padding: .15rem .75rem .15rem 0; vertical-align: top; overflow-wrap: anywhere;
      border-bottom: 1px solid var(--line) }
    td:nth-child(2), td:nth-child(3) .word, .modules td:nth-child(4) { overflow-wrap: normal }
    tbody th { min-width: 4rem }
    .modules tbody th { min-width: calc(min(var(--name), 20ch) + 1.75rem) }
    .modules td:nth-child(5) { min-width: 8rem }
    #modules [aria-current] > * { background: var(--run) }
    #modules [aria-current] th::before { content: "▸ "; content: "▸ " / ""; color: var(--mark) }
    .dead { color: var(--faint); font-style: italic; white-space: nowrap }
    .failure { color: var(--errored); overflow-wrap: anywhere }
    td .failure { min-width: 14rem; max-height: 7.5em; overflow: auto }
    .word { white-space: nowrap }
    \(statusWords)
    .moments ol { list-style: none; margin: 0; padding: 0 }
    .moments > .scroll > ol > li { padding: .25rem 0; border-bottom: 1px solid var(--line) }
    .moments pre code { color: var(--faint) }
    .moments li li { padding-left: 3.75rem; font-size: .9rem; overflow-wrap: anywhere }
    .live .moments li li { padding: 0 }
    .moments button { display: block; width: 100%; border: 0; border-left: 3px solid transparent;
      border-radius: 0; padding: 0 .5rem 0 3.75rem; text-align: left; user-select: text;
      overflow-wrap: anywhere }
    .moments button[aria-current] { background: var(--run); border-left-color: var(--mark) }
    .n { display: inline-block; min-width: 3rem; margin-left: -3.25rem;
      color: var(--faint); font-variant-numeric: tabular-nums }

    \(screen)
    \(paper)
    """

  /// Windows of all sizes. In a large one the panels share its height.
  private static let screen = """
    @media screen {
      .stage .now .box { fill: var(--run); stroke-width: 3.5 }
      .live .scroll { max-height: 26rem }
      .moments .scroll { position: relative }
    }
    @media screen and (min-height: 32rem) {
      .time { position: sticky; top: 0; z-index: 1 }
    }
    @media screen and (min-width: 60rem) {
      .moments > .scroll > ol > li { display: grid; gap: 1rem;
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) }
    }
    @media screen and (min-width: 60rem) and (min-height: 40rem) {
      .live .columns { display: grid; gap: .75rem; height: calc(100vh - 12rem);
        grid-template-columns: minmax(0, 6fr) minmax(0, 5fr) }
      .live .column { display: flex; flex-direction: column; gap: .75rem; min-height: 0 }
      .live .columns .panel { flex: 1 1 0; min-height: 0; margin: 0; display: flex;
        flex-direction: column }
      .live .panel.graph { flex-grow: 1.4 }
      .live .columns .scroll { flex: 1; min-height: 0; max-height: none }
      .live .columns .pick { position: absolute; top: .625rem; right: 1rem; margin: 0 }
      .live .columns h2 { white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
        padding-right: 15rem; flex: none }
      .live .now { display: flex; flex-direction: column; height: 4.25rem }
      #command { flex: 0 1 auto; min-height: 1.5em }
      #said { flex: none }
    }
    @media screen and (max-width: 60rem) {
      header, main > p, footer { padding-left: .75rem; padding-right: .75rem }
      main > p { margin-left: 0; margin-right: 0 }
      .time, main > .panel { margin-left: .75rem; margin-right: .75rem }
      .columns { padding: 0 .75rem }
      .slide { flex-wrap: wrap }
      .track { order: 1; flex-basis: 100%; margin: 0 }
      #where { flex: 1 }
      #said { max-height: 4.5em }
    }
    @media screen and (max-width: 40rem) {
      .modules thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
        clip-path: inset(50%) }
      .modules tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto;
        padding: .25rem 0; border-bottom: 1px solid var(--line) }
      .modules td, .modules tbody th { border: 0; min-width: 0; padding: 0 .5rem }
      .modules td:nth-child(3) { grid-area: 1 / 2; max-width: 55vw }
      .modules td:nth-child(4) { grid-area: 2 / 2; text-align: right }
      .modules td:nth-child(5) { grid-column: 1 / 3 }
      .modules td:nth-child(4)::before { content: "record: "; color: var(--faint) }
      .modules td:nth-child(5)::before { content: "asks for: "; color: var(--faint) }
      td .failure { min-width: 0 }
    }
    @media screen and (prefers-reduced-motion: no-preference) {
      .stage .box { transition: stroke .15s, fill .15s }
    }
    @media screen and (forced-colors: active) {
      :root {
        --ground: Canvas; --panel: Canvas; --text: CanvasText; --faint: CanvasText;
        --line: CanvasText; --edge: CanvasText; --turn: CanvasText; --turn-ground: Canvas;
        --mark: Highlight; --run: Canvas;
        \(ModuleGraph.Status.allCases.map { "--\($0.rawValue): CanvasText;" }.joined(separator: " "))
      }
      .code .line:not([aria-current]), .entry:not(.new),
      .moments button:not([aria-current]) { border-left-color: Canvas }
    }
    """

  /// The end of the session, with all sources, and nothing that can only be pressed.
  private static let paper = """
    @page { margin: 1.5cm }
    @media print {
      body { background: none; font-size: 10pt }
      .moving { display: none !important }
      .live .still { display: block !important }
      header, main > p, .columns, main > .panel, footer { margin-left: 0; margin-right: 0;
        padding-left: 0; padding-right: 0 }
      .panel { border: 0; padding: 0 }
      .panel.graph, thead, .line, .entry, tr, .moments li li { break-inside: avoid }
      h2, h3 { break-after: avoid }
      .scroll { max-height: none; overflow: visible }
      .stage { max-width: 100%; max-height: 24cm; margin: 0 }
      .entry.new, #modules [aria-current] > *, .moments button[aria-current] {
        background: none; border-left-color: transparent }
      #modules [aria-current] th::before { content: none }
      thead th { position: static }
    }
    """

  /// Spots, not frames.
  private static let overviewColors = ModuleGraph.Status.allCases.map {
    ".stage.overview .\($0.rawValue) .box { fill: var(--\($0.rawValue)) }"
  }.joined(separator: "\n")

  private static let statusWords = ModuleGraph.Status.allCases.map { status in
    let glyph = ModuleStatusWord(rawValue: status.rawValue)?.glyph ?? ""
    return """
      .word.\(status.rawValue) { color: var(--\(status.rawValue)) }
      .word.\(status.rawValue)::before { content: "\(glyph) "; content: "\(glyph) " / "" }
      """
  }.joined(separator: "\n")
}
