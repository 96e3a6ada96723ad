internal import JavaScriptRuntime

/// What a command took from outside of the session.
package struct OutsideInput: Hashable, Sendable {
  package struct File: Hashable, Sendable {
    /// As it was opened.
    package var path: String
    package var content: Result<[UInt8], FileProblem>

    package init(path: String, content: Result<[UInt8], FileProblem>) {
      self.path = path
      self.content = content
    }
  }

  /// Where Ctrl-C, or the limit of memory, stopped something.
  package struct Stop: Hashable, Sendable {
    package enum Place: String, Hashable, Sendable {
      /// JavaScript, or the linker, was at work.
      case working
      /// Nothing was due yet.
      case waiting
      /// JavaScript was at work, and had taken too much memory.
      case memory
      /// JavaScript was at work that asked for Ctrl-C (`breakOnSigint`): only that call ended.
      case caught
    }

    package var place: Place
    /// How many host tasks the command had run.
    package var taskCount: Int
    /// How long the command had run since the last of them.
    package var milliseconds: Double
  }

  /// Equal dates that were read one after the other.
  package struct Reading: Hashable, Sendable {
    package var date: Double
    package var count: Int
  }

  /// Files in the order in which they were read.
  package var files: [File] = []
  /// Where paths led, of those that lead elsewhere; nil in journals that have none.
  package var links: [String: String]? = [:]
  /// Where something was, of the paths that were asked for that; nil in journals that have none.
  package var present: Set<String>? = []
  /// The name that a program from disk got: it depends on the working directory.
  package var entry: String?
  /// What the person answered when `ask` rules asked.
  package var answers: [PersonAnswer] = []
  /// The host tasks (timers, delays) that ran, in their order.
  package var tasks: [Int] = []
  package var stops: [Stop] = []
  /// The session's clock, in milliseconds, when the command began and when it had ended.
  package var begin = 0.0
  package var end = 0.0
  /// Tasks waited for their time when the command began.
  package var hadTasks = false
  /// The date when the command began, in milliseconds since 1970; nil in journals that have none.
  package var date: Double?
  /// What the code read from a real clock, in its order.
  package var readings: [Reading] = []
  /// The time that its code took passes in a script, too: code that reads a date again and again waits
  /// for it, and nothing else takes time on a virtual clock.
  package var passes = false

  package init() {}

  var isWaitingForDate: Bool {
    TimerQueue.isWaiting(reads: readings.reduce(0) { $0 + $1.count })
  }

  /// Whether anything but time was taken.
  package var isEmpty: Bool {
    files.isEmpty && answers.isEmpty && tasks.isEmpty && stops.isEmpty
  }
}
