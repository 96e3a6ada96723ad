extension Session {
  /// `save FILE`: a script that rebuilds the session.
  func save(to file: FileReference) throws -> CommandOutcome {
    var writer = LogWriter(
      directory: FilePath.directory(of: file.resolved), workingDirectory: workingDirectory)
    var known: [OutsideInput.File: Bool] = [:]
    writer.isChanged = { [outside] file in
      if let isChanged = known[file] { return isChanged }
      let isChanged = outside.isChanged(file)
      known[file] = isChanged
      return isChanged
    }
    var text = seedLine
    var last: LoggedCommand?
    var changed: [String] = []
    var lost = 0
    for logged in log.commands {
      let lines = writer.lines(of: logged, after: last)
      text += lines
      changed += writer.changedFiles(of: logged).filter { !changed.contains($0) }
      if writer.leavesOut(logged) { lost += 1 }
      if !lines.isEmpty { last = logged }
    }
    try FileWriting.replace(text, at: outside.located(file))
    let count = log.commands.count
    var answer = "saved \(count) command\(count == 1 ? "" : "s") in \(quotedName(file.path))\n"
    for path in changed {
      answer += renderer.warning(
        "\(path) has changed since it was read, and the script reads it as it is now")
    }
    if lost > 0 {
      answer += renderer.warning(
        "\(lost) command\(lost == 1 ? "" : "s") that Ctrl-C stopped: a comment in the script, because "
          + "nothing stops \(lost == 1 ? "it" : "them") there")
    }
    return CommandOutcome(
      text: answer,
      result: ["commands": .int(count), "changed": .strings(changed), "interrupted": .int(lost)])
  }

  /// What `Math.random()` began with, if no script would begin with it.
  private var seedLine: String {
    guard firstSeed != 0 else { return "" }
    if case .success(.option("seed", .some)) = log.commands.first?.command.parsed { return "" }
    return "option seed \(firstSeed)\n"
  }
}
