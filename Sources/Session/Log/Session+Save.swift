extension Session {
  /// `save FILE`: a script that rebuilds the session.
  func save(to file: FileReference) throws -> CommandOutcome {
    let writer = LogWriter(
      directory: FilePath.directory(of: file.resolved), workingDirectory: workingDirectory)
    var text = ""
    var last: LoggedCommand?
    for logged in log.commands {
      text += writer.lines(of: logged, after: last)
      last = logged
    }
    try FileWriting.replace(text, at: outside.located(file))
    let count = log.commands.count
    return CommandOutcome(
      text: "saved \(count) command\(count == 1 ? "" : "s") in \(quotedName(file.path))\n",
      result: ["commands": .int(count)])
  }
}
