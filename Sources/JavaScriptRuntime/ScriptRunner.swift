internal import CJavaScriptCore
public import ModuleSyntax

/// Why a script gave no value.
public struct ScriptError: Error {
  public enum Kind {
    case syntax(SyntaxError, SourceText)
    case thrown(JavaScriptThrown)
  }

  // Everything happens on one thread.
  nonisolated(unsafe) public let kind: Kind

  init(_ kind: Kind) {
    self.kind = kind
  }
}

/// How a line of the REPL ended.
public enum LineResult {
  case value(JavaScriptValue)
  /// The line awaits: the promise of its last expression.
  case promise(JavaScriptValue)
}

extension Realm {
  /// Runs a classic script in the global scope and returns its completion value.
  /// `number` is what `import()` in it is asked with.
  public func runScript(
    _ source: SourceText, number: Int = 0, limit: Limit = Limit()
  ) throws -> JavaScriptValue {
    let script: ParsedScript
    do throws(SyntaxError) {
      script = try ParsedScript.parse(source)
      if let error = script.engineError { throw error }
    } catch {
      throw ScriptError(.syntax(error, source))
    }
    return try run(script, number: number, limit: limit)
  }

  /// Runs a line as Node's REPL does: an object literal is an expression, `await` works.
  public func runLine(_ source: SourceText) throws -> LineResult {
    let script: ParsedScript
    do throws(SyntaxError) {
      script = try ParsedScript.parseLine(source)
    } catch {
      throw ScriptError(.syntax(error, source))
    }
    if let error = script.engineError {
      throw ScriptError(.syntax(error, script.source))
    }
    return script.firstTopLevelAwait == nil
      ? .value(try run(script)) : try runAwaiting(script)
  }

  func scriptGlobals(_ number: Int) -> ScriptGlobals {
    ScriptGlobals(
      importName: importName, usingName: usingName, script: number, cell: engine.newCell())
  }

  private func runAwaiting(_ script: ParsedScript) throws -> LineResult {
    let rewritten = ScriptRewriter.rewriteAsync(
      script, globals: scriptGlobals(0))
    if !rewritten.declarations.isEmpty,
      let text = JavaScriptString.make(rewritten.declarations)
    {
      defer { JSStringRelease(text) }
      do throws(ScriptFailure) {
        _ = try evaluateScript(text, name: "modlab:declarations")
      } catch {
        throw ScriptError(.thrown(error.thrown))
      }
    }
    return .promise(try run(rewritten.body, of: script.source, limit: Limit()))
  }

  private func run(
    _ script: ParsedScript, number: Int = 0, limit: Limit = Limit()
  ) throws -> JavaScriptValue {
    let text = ScriptRewriter.rewrite(
      script, globals: scriptGlobals(number),
      assignsGlobals: sandbox != nil)
    return try run(text, of: script.source, limit: limit)
  }

  private func run(
    _ text: RewrittenText, of source: SourceText, limit: Limit
  ) throws -> JavaScriptValue {
    guard let string = JavaScriptString.make(text.bytes) else { return undefinedValue }
    defer { JSStringRelease(string) }
    let url = texts.add(ScriptPlaces(source: source, text: text))
    texts.leave(url)
    let (outcome, stop) = engine.limited(limit) { () -> Result<JavaScriptValue, ScriptFailure> in
      do throws(ScriptFailure) {
        let value = JavaScriptValue(try evaluateScript(string, name: url), in: self)
        endEvaluation()
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    if let stop { throw ScriptError(.thrown(JavaScriptThrown(stopped: stop))) }
    return try outcome.mapError { ScriptError(.thrown($0.thrown)) }.get()
  }

  /// Code that was run here has ended, within its limit.
  public func endEvaluation() {
    if drainsAfterEvaluate, !engine.stops.isPassing { engine.drainInside() }
  }
}
