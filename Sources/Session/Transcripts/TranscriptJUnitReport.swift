internal import GraphRendering

/// The outcome of `modlab test` as the XML that continuous integration reads.
enum TranscriptJUnitReport {
  private enum Verdict {
    case passed
    case failed(String)
    case error(String)
    case skipped(String)
  }

  private struct Test {
    var name: String
    var line: Int
    var verdict: Verdict
  }

  static func text(of outcomes: [TranscriptOutcome]) -> String {
    let suites = outcomes.map(suite)
    let totals = counts(suites.flatMap { $0.tests })
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"modlab\"\(totals)>\n"
    for (file, tests) in suites {
      text += "  <testsuite name=\"\(MarkupText.escaped(file))\"\(counts(tests))>\n"
      text += tests.map { element($0, of: file) }.joined()
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func suite(_ outcome: TranscriptOutcome) -> (file: String, tests: [Test]) {
    switch outcome {
    case .unreadable(let file, let reason):
      return (file, [Test(name: file, line: 1, verdict: .error(reason))])
    case .withoutSession(let file):
      return (file, [Test(name: file, line: 1, verdict: .skipped("it has no session"))])
    case .checked(let check):
      var tests = check.flaws.map {
        Test(name: "\($0.line): \($0.message)", line: $0.line, verdict: .failed($0.message))
      }
      for result in check.results {
        tests.append(
          Test(
            name: "\(result.step.line): \(result.step.title)",
            line: result.isAsRecorded ? result.step.line : result.line,
            verdict: result.isAsRecorded
              ? .passed : .failed(result.difference().joined(separator: "\n"))))
      }
      if let step = check.interrupted {
        tests.append(
          Test(name: "\(step.line): \(step.title)", line: step.line, verdict: .error("interrupted"))
        )
      }
      return (check.file, tests)
    }
  }

  private static func counts(_ tests: [Test]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for test in tests {
      switch test.verdict {
      case .passed: continue
      case .failed: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    return " tests=\"\(tests.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
      + " skipped=\"\(skipped)\""
  }

  private static func element(_ test: Test, of file: String) -> String {
    let head =
      "    <testcase classname=\"\(MarkupText.escaped(file))\""
      + " name=\"\(MarkupText.escaped(test.name))\""
      + " file=\"\(MarkupText.escaped(file))\" line=\"\(test.line)\""
    let body: String
    switch test.verdict {
    case .passed: return head + "/>\n"
    case .failed(let message):
      body =
        "<failure message=\"\(MarkupText.escaped("\(file):\(test.line)"))\">"
        + MarkupText.escaped(message) + "</failure>"
    case .error(let reason): body = "<error message=\"\(MarkupText.escaped(reason))\"/>"
    case .skipped(let reason): body = "<skipped message=\"\(MarkupText.escaped(reason))\"/>"
    }
    return head + ">\n      \(body)\n    </testcase>\n"
  }
}
