internal import Glibc

/// Runs `body` on a thread of its own, for which nobody waits. Bytes of stack: deep sources and deep
/// JavaScript need more than the system gives. False when the system has no thread to give.
func startThread(stackSize: Int, _ body: @escaping () -> Void) -> Bool {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSize)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  var thread = pthread_t()
  let retained = Unmanaged.passRetained(ThreadBody(body))
  let failure = pthread_create(
    &thread, &attributes,
    { data in
      if let data { Unmanaged<ThreadBody>.fromOpaque(data).takeRetainedValue().run() }
      return nil
    }, retained.toOpaque())
  if failure != 0 { retained.release() }
  return failure == 0
}

private final class ThreadBody {
  let run: () -> Void

  init(_ run: @escaping () -> Void) { self.run = run }
}
