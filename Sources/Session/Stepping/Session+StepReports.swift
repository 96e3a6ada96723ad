internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Steps in words.
extension Session {
  func report(of step: OperationStep, in stepped: SteppedOperation) -> StepReport {
    var report = StepReport(number: stepped.stepCount, kind: .failed, module: "", text: "")
    switch step {
    case .begin: break
    case .requestAnswered(let module, let index):
      let specifier = module.moduleRequests[index].specifier
      report.kind = .requestAnswered
      report.module = name(of: module)
      report.specifier = specifier
      report.text = "request \(quoted(specifier)) answered"
    case .linking(let step, _): describe(step, &report)
    case .evaluating(let step, _): describe(step, &report)
    case .settling(let step): describe(step, &report)
    }
    if report.kind == .componentFinished {
      let members = stepped.lastStack.suffix(stepped.lastStack.count - stepped.stack.count)
      report.members = members.map { name(of: $0.record as ModuleRecord) }
      report.text = Self.words(ofComponent: report.members)
    }
    if report.kind == .failed { report.module = stepped.name }
    report.stack = stackRows(of: stepped)
    return report
  }

  private func describe(_ step: LinkOperation.Step, _ report: inout StepReport) {
    switch step {
    case .entered(let record): entered(record, &report)
    case .environmentInitialized(let record):
      report.kind = .environmentInitialized
      report.module = name(of: record)
      report.text = "environment initialised"
    case .componentFinished(let root, _):
      report.kind = .componentFinished
      report.module = name(of: root)
    case .failed: report.text = "linking failed"
    }
  }

  private func describe(_ step: EvaluateOperation.Step, _ report: inout StepReport) {
    switch step {
    case .entered(let record): entered(record, &report)
    case .bodyExecuted(let record): executed(record, &report)
    case .componentFinished(let root, _):
      report.kind = .componentFinished
      report.module = name(of: root)
    case .failed: report.text = "evaluation failed"
    }
  }

  private func describe(_ step: ModuleAgent.AsyncStep, _ report: inout StepReport) {
    switch step {
    case .settled(let record):
      report.kind = .moduleSettled
      report.module = name(of: record)
      report.text = record.evaluationError == nil ? "settled" : "settled: it was rejected"
      let waiting = record.asyncParentModules.filter { $0.status == .evaluatingAsync }
      if record.evaluationError == nil, !waiting.isEmpty {
        let names = waiting.prefix(4).map { parent -> String in
          let count = parent.pendingAsyncDependencies ?? 0
          return name(of: parent) + (count == 0 ? " runs next" : " waits for \(count) more")
        }
        report.text += "; " + names.joined(separator: ", ")
      }
    case .bodyExecuted(let record): executed(record, &report)
    }
  }

  private func entered(_ record: SourceTextModuleRecord, _ report: inout StepReport) {
    report.kind = .moduleEntered
    report.module = name(of: record)
    report.text = "entered, DFS index \(record.dfsIndex ?? 0)"
  }

  private func executed(_ record: ModuleRecord, _ report: inout StepReport) {
    report.kind = .bodyExecuted
    report.module = name(of: record)
    report.text =
      record.asSourceText?.hasTLA == true ? "body executed to its first await" : "body executed"
  }

  func report(
    ofStatement index: Int, of record: SourceTextModuleRecord, in stepped: SteppedOperation
  ) -> StepReport {
    let source = record.parsed.source
    let range = record.parsed.statements[index].range
    let position = source.position(at: range.start)
    // Several statements may share a line: only this one is shown.
    let statement = String(decoding: source.bytes[range.start..<range.end], as: UTF8.self)
    let shown = statement.prefix { !$0.isNewline }
    let line = source.line(position.line) ?? ""
    var report = StepReport(
      number: stepped.stepCount, kind: .statement, module: name(of: record),
      text: "\(record.identifier):\(position.line):\(position.column) │ \(shown)")
    report.position = position
    report.line = line
    report.stack = stackRows(of: stepped)
    return report
  }

  func stackRows(of stepped: SteppedOperation) -> [StepReport.StackRow] {
    stepped.stack.map { entry in
      StepReport.StackRow(
        module: name(of: entry.record), index: entry.record.dfsIndex,
        ancestorIndex: entry.record.dfsAncestorIndex, isDone: entry.isDone)
    }
  }

  /// What `status` adds to the specification's fields while an operation is stepped.
  func steppedColumns(of record: SourceTextModuleRecord?) -> [(title: String, text: String)] {
    guard let stepped else { return [] }
    let place = stepped.stack.firstIndex { $0.record === record }
    return [
      ("STACK", place.map { String($0) } ?? "–"),
      ("ENVIRONMENT", record.map { $0.isEnvironmentInitialized ? "yes" : "no" } ?? "–"),
    ]
  }

  private static func words(ofComponent members: [String]) -> String {
    guard members.count > 1 else { return "component finished" }
    let shown = members.prefix(6).joined(separator: ", ")
    let more = members.count > 6 ? ", … \(members.count - 6) more" : ""
    return "component of \(members.count) finished: \(shown)\(more)"
  }
}
