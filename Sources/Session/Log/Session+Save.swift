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
    var lost: [String] = []
    for logged in log.commands {
      let lines = writer.lines(of: logged, after: last)
      text += lines
      changed += writer.changedFiles(of: logged).filter { !changed.contains($0) }
      if writer.leavesOut(logged) { lost.append(oneLine(logged.command.ownText)) }
      if !lines.isEmpty { last = logged }
    }
    try FileWriting.replace(text, at: outside.located(file))
    let count = log.commands.count - lost.count
    var answer = "saved \(count) command\(count == 1 ? "" : "s") in \(quotedName(file.path))\n"
    for path in changed {
      answer += renderer.warning(
        "\(path) has changed since it was read, and the script reads it as it is now")
    }
    for command in lost {
      answer += renderer.warning(
        "not in the script, because nothing would stop it there as Ctrl-C did: "
          + TerminalText.clean(command))
    }
    return CommandOutcome(
      text: answer,
      result: [
        "commands": .int(count), "changed": .strings(changed), "interrupted": .int(lost.count),
      ])
  }

  /// What `Math.random()` began with, if no script would begin with it.
  private var seedLine: String {
    guard firstSeed != 0 else { return "" }
    if case .success(.option("seed", .some)) = log.commands.first?.command.parsed { return "" }
    return "option seed \(firstSeed)\n"
  }
}
