internal import GraphRendering

/// How the page looks: light and dark as the reader has it, one column where there is little room,
/// and on paper without what can only be pressed.
enum HTMLPageStyle {
  static let text = """
    :root {
      color-scheme: light dark;
      --ground: #f3f4f6; --panel: #ffffff; --text: #1f2937; --faint: #5b6472; --line: #d7dbe1;
      --edge: #9ca3af; --turn: #c2410c; --turn-ground: #fff7ed; --mark: #4338ca; --run: #eef2ff;
      \(SVGRenderer.statusProperties(isDark: false))
      --mono: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #0d1117; --panel: #161b22; --text: #e5e7eb; --faint: #9aa4b2; --line: #30363d;
        --edge: #6b7280; --turn: #fb923c; --turn-ground: #2a1a10; --mark: #a5b4fc; --run: #232a4d;
        \(SVGRenderer.statusProperties(isDark: true))
      }
    }
    * { box-sizing: border-box }
    body { margin: 0; background: var(--ground); color: var(--text);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
    header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem;
      padding: 1rem 1.25rem .25rem }
    h1 { font-size: 1.25rem; margin: 0; letter-spacing: -.01em }
    header p, footer, .none { color: var(--faint) }
    header p { margin: 0 }
    footer { padding: .5rem 1.25rem 1.25rem; font-size: .85rem }
    pre, code, td, #source, #console { font-family: var(--mono); font-size: 13px }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; border-radius: 6px }
    .unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap }
    .skip { position: fixed; top: .5rem; left: .5rem; z-index: 2; padding: .5rem .75rem;
      background: var(--panel); color: var(--mark) }

    .time { position: sticky; top: 0; z-index: 1; margin: .5rem 1.25rem; padding: .75rem 1rem;
      background: var(--panel); border: 1px solid var(--line); border-radius: 12px;
      box-shadow: 0 4px 14px rgb(0 0 0 / .07) }
    .slide { display: flex; align-items: center; gap: .375rem }
    .slide button { min-width: 2.25rem; height: 2.25rem; padding: 0; font-size: 1rem }
    button { font: inherit; color: inherit; background: transparent; cursor: pointer;
      border: 1px solid var(--line); border-radius: 8px }
    button:hover { border-color: var(--mark); color: var(--mark) }
    button[disabled] { opacity: .4; cursor: default }
    .track { position: relative; flex: 1; min-width: 6rem; margin: 0 .5rem }
    .track input { display: block; width: 100%; height: 2.25rem; margin: 0; cursor: pointer;
      accent-color: var(--mark) }
    #marks { position: absolute; left: 8px; right: 8px; bottom: 0; height: 6px;
      pointer-events: none }
    #marks i { position: absolute; bottom: 0; width: 1px; height: 6px; background: var(--edge) }
    #where { min-width: 5.5rem; text-align: right; font-variant-numeric: tabular-nums;
      color: var(--faint) }
    #command { margin: .5rem 0 0; max-height: 4.5em; overflow: auto; white-space: pre-wrap;
      overflow-wrap: anywhere }
    #command::before { content: "modlab> "; color: var(--faint) }
    #command:empty { display: none }
    #said { margin: .125rem 0 0; min-height: 1.5em; overflow-wrap: anywhere }

    .columns { display: grid; gap: 1rem; padding: .5rem 1.25rem;
      grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
      grid-template-areas: "graph source" "graph bindings" "console bindings" "modules moments" }
    .graph { grid-area: graph } .source { grid-area: source } .bindings { grid-area: bindings }
    .console { grid-area: console } .modules { grid-area: modules } .moments { grid-area: moments }
    .panel { min-width: 0; display: flex; flex-direction: column; position: relative;
      background: var(--panel); border: 1px solid var(--line); border-radius: 12px;
      padding: .75rem 1rem 1rem }
    h2 { margin: 0 0 .5rem; font-size: .95rem } h2 span { font-weight: 400; color: var(--faint) }
    .scroll { overflow: auto; flex: 1; max-height: 26rem; border-radius: 6px }
    .graph .scroll { max-height: 38rem; display: flex }
    .pick { position: absolute; right: 1rem; top: .6rem; margin: 0; font-size: .85rem;
      color: var(--faint) }
    select { font: inherit; max-width: 12rem; color: var(--text); background: var(--panel);
      border: 1px solid var(--line); border-radius: 6px; padding: .1rem .25rem }

    .stage { flex: none; margin: auto; max-width: none; height: auto }
    .stage.fits { max-width: 100% }
    .stage g.module { cursor: pointer }
    .stage .gone { display: none }
    .stage .asking .edge { stroke-dasharray: 2 4 }
    .stage .now .box { fill: var(--run); stroke-width: 3 }
    \(SVGRenderer.stageStyle)

    .line { display: flex; white-space: pre; border-left: 3px solid transparent;
      width: max-content; min-width: 100% }
    .line span:first-child { flex: none; min-width: 3.2em; padding-right: 1em; text-align: right;
      color: var(--faint); user-select: none }
    .line[aria-current] { background: var(--run); border-left-color: var(--mark) }
    .line[aria-current] span:first-child { color: var(--mark); font-weight: 700 }
    .entry { padding: .1rem .5rem; white-space: pre-wrap; overflow-wrap: anywhere;
      border-left: 3px solid transparent }
    .entry.new { border-left-color: var(--mark); background: var(--run) }
    .entry.error { color: var(--errored) } .entry.warn { color: var(--evaluating) }
    .level { font-weight: 700 }
    table { border-collapse: collapse; width: 100% }
    th { text-align: left; font-size: .8rem; font-weight: 600; color: var(--faint);
      border-bottom: 1px solid var(--line); padding: .1rem .75rem .25rem 0; position: sticky;
      top: 0; background: var(--panel) }
    td { padding: .2rem .75rem .2rem 0; vertical-align: top; overflow-wrap: anywhere;
      border-bottom: 1px solid color-mix(in srgb, var(--line) 50%, transparent) }
    td:nth-child(1), td:nth-child(2) { overflow-wrap: break-word; min-width: 3rem }
    td button { border: 0; padding: 0; border-radius: 3px; text-align: left; font-weight: 600;
      overflow-wrap: break-word }
    tr.now td { background: var(--run) }
    .dead { color: var(--faint); font-style: italic; white-space: nowrap }
    #modules td:nth-child(3) { min-width: 7.5rem }
    .error-text { color: var(--errored) }
    \(statusWords)
    .moments h3 { margin: .5rem 0 .125rem; font-weight: 400 }
    .moments h3:first-child { margin-top: 0 }
    .moments h3 code { display: block; white-space: nowrap; overflow: hidden;
      text-overflow: ellipsis; color: var(--faint) }
    .moments ol { list-style: none; margin: 0; padding: 0 }
    .moments li button { display: block; width: 100%; border: 0; border-left: 3px solid transparent;
      border-radius: 0; padding: .1rem .5rem; text-align: left; font-size: .9rem;
      overflow-wrap: anywhere }
    .moments li button[aria-current] { background: var(--run); border-left-color: var(--mark) }
    .n { display: inline-block; min-width: 2em; color: var(--faint);
      font-variant-numeric: tabular-nums }

    @media (max-width: 60rem) {
      .columns { grid-template-columns: minmax(0, 1fr); padding: .5rem .75rem;
        grid-template-areas: "graph" "source" "bindings" "console" "modules" "moments" }
      .time { margin: .5rem .75rem; padding: .5rem .625rem }
      .graph .scroll { max-height: 22rem }
      .slide { flex-wrap: wrap }
      .track { order: 1; flex-basis: 100%; margin: 0 }
      #where { flex: 1 }
      .slide button { flex: none }
    }
    @media (prefers-reduced-motion: no-preference) {
      .stage .box { transition: stroke .15s, fill .15s }
    }
    @media print {
      body { background: none }
      .time { position: static; box-shadow: none }
      .slide button, .track, .skip, .pick, footer { display: none }
      .columns { display: block }
      .panel { break-inside: avoid; margin-bottom: 1rem }
      .panel.moments, .panel.modules { break-inside: auto }
      .scroll, .graph .scroll, #command { max-height: none; overflow: visible }
      .stage { max-width: 100% }
    }
    """

  private static let statusWords = ModuleGraph.Status.allCases.map {
    "td.\($0.rawValue), span.\($0.rawValue) { color: var(--\($0.rawValue)) }"
  }.joined(separator: "\n")
}
