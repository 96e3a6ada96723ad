internal import Glibc
internal import LineEditing
internal import Session

/// The program: chooses what to run by the command line.
@main
struct Modlab {
  static func main() {
    // A file that may not grow is an error to be told, as a full disk is, and no end.
    signal(SIGXFSZ, SIG_IGN)
    Streams.occupyClosed()
    Interruption.guardOutput()
    let arguments: Arguments
    do throws(UsageError) {
      try checkUTF8()
      arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
    } catch {
      Streams.error("modlab: \(error.message)\n\(error.hint)\n")
      leave(2)
    }
    switch arguments.action {
    case .version:
      Streams.out("modlab \(Version.number)\n")
      leave(0)
    case .help:
      Streams.out(Usage.text)
      leave(0)
    case .schema:
      Streams.out(String(decoding: PackageResources.json_schema_json, as: UTF8.self))
      leave(0)
    case .test: leave(TranscriptTesting(arguments).run())
    case .graph: leave(Launcher(arguments).showGraph())
    case .run:
      let launcher = Launcher(arguments)
      // The session lives until the system takes all of it: taking it apart is work for nobody.
      withExtendedLifetime(launcher) { leave(launcher.run()) }
    }
  }

  /// Ends without taking the heap apart: the system does that faster.
  private static func leave(_ status: Int32) -> Never {
    Streams.flush()
    if let problem = Streams.problem {
      Streams.error("modlab: cannot write standard output: \(problem.reason)\n")
      exit(status == 0 ? 2 : status)
    }
    exit(status)
  }

  /// Swift would put something else in the place of bytes that are no text.
  private static func checkUTF8() throws(UsageError) {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument)).map {
        UInt8(bitPattern: $0)
      }
      if let offset = FileReading.firstInvalidUTF8(bytes) {
        throw UsageError(message: "argument \(index) is not UTF-8 (byte \(offset + 1)).")
      }
    }
  }
}

enum Version {
  static let number = "0.1.0"
}
