internal import Glibc
internal import Session

/// The program: chooses what to run by the command line.
@main
struct Modlab {
  static func main() {
    // A file that may not grow is an error to be told, as a full disk is, and no end.
    signal(SIGXFSZ, SIG_IGN)
    let arguments: Arguments
    do throws(UsageError) {
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
      leave(Launcher(arguments).run())
    }
  }

  /// Ends without taking the heap apart: the system does that faster.
  private static func leave(_ status: Int32) -> Never {
    Streams.flush()
    exit(status)
  }
}

enum Version {
  static let number = "0.1.0"
}
