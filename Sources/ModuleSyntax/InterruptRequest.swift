/// Ctrl-C, for what works long and runs no JavaScript: reading, parsing, drawing. Who sees it gives up
/// what it was doing; who asked for that says so, and answers the request.
public enum InterruptRequest {
  /// Set once by the program, to what its signal handler notes.
  nonisolated(unsafe) public static var isPending: () -> Bool = { false }
}
