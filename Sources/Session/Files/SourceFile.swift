internal import ModuleSyntax

/// The text of a file, and what it is as a module: parsed once, when that is first asked.
final class SourceFile {
  let source: SourceText
  private var parsed: Result<ParsedModule, SyntaxError>?

  /// `parsed`: as it was parsed before, under whatever name.
  init(_ bytes: [UInt8], path: String, parsed: Result<ParsedModule, SyntaxError>? = nil) {
    source = SourceText(bytes: bytes, name: path)
    self.parsed = parsed.map { result in
      result.map { module in
        var module = module
        module.source.name = path
        return module
      }
    }
  }

  var path: String { source.name }
  var bytes: [UInt8] { source.bytes }

  var module: Result<ParsedModule, SyntaxError> {
    if let parsed { return parsed }
    let result: Result<ParsedModule, SyntaxError>
    do throws(SyntaxError) {
      result = .success(try ParsedModule.parse(source))
    } catch {
      result = .failure(error)
    }
    parsed = result
    return result
  }
}
